import ts from 'typescript';
import type { ImportedKind } from '../../scripts/import/crd';
import type { OpenApiSchema } from '../../scripts/import/schema';

/** Differences between generated types, as the compiler sees them, and the schemas that they were generated from. */
export interface Agreement {
  /** Number of types compared, so that a test can see that something was. */
  readonly compared: number;
  /** One line each, starting with the path: `Widget.spec.ports[].name: …`. */
  readonly differences: readonly string[];
}

/** Reads the types with the compiler and walks them beside the raw schemas: shares no code with the generator. */
export function compareWithSchemas(texts: ReadonlyMap<string, string>, kinds: readonly ImportedKind[]): Agreement {
  const program = programOf(texts);
  const checker = program.getTypeChecker();
  const differences = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  let compared = 0;

  const compare = (type: ts.Type, schema: OpenApiSchema, path: string): void => {
    compared += 1;
    const found = describe(type, checker);
    const expected = expectedType(schema);
    if (found !== expected) {
      differences.push(`${path}: is ${found}, the schema says ${expected}`);
      return;
    }
    const object = checker.getNonNullableType(type);
    if (expected.startsWith('list')) {
      const [item] = checker.getTypeArguments(object as ts.TypeReference);
      if (item !== undefined) compare(item, schema.items ?? {}, `${path}[]`);
    }
    if (expected.startsWith('map')) {
      const value = checker.getIndexTypeOfType(object, ts.IndexKind.String);
      if (value !== undefined) compare(value, schema.additionalProperties as OpenApiSchema, `${path}{}`);
    }
    if (/^(open )?object/.test(expected)) compareFields(object, schema, path);
  };

  const compareFields = (type: ts.Type, schema: OpenApiSchema, path: string): void => {
    const fields = schema.properties ?? {};
    const found = new Map(checker.getPropertiesOfType(type).map((symbol) => [symbol.name, symbol]));
    for (const name of found.keys()) if (!(name in fields)) differences.push(`${path}.${name}: is not in the schema`);
    for (const [name, field] of Object.entries(fields)) {
      const symbol = found.get(name);
      if (symbol === undefined) {
        differences.push(`${path}.${name}: is missing`);
        continue;
      }
      const optional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
      const required = (schema.required ?? []).includes(name) && !('default' in field);
      if (optional === required) differences.push(`${path}.${name}: is ${optional ? 'optional' : 'required'}`);
      const writable = symbol.declarations?.every((each) => (ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Readonly) === 0);
      if (writable !== false) differences.push(`${path}.${name}: is not readonly`);
      // The question mark adds `undefined`; it is not part of what the schema says.
      const type = checker.getTypeOfSymbol(symbol);
      compare(optional ? withoutUndefined(type, checker) : type, field, `${path}.${name}`);
    }
  };

  for (const kind of kinds) {
    const type = specType(program.getSourceFile(`/${kind.group}.ts`), kind.kind, checker);
    const { apiVersion, kind: _, metadata, status, spec, ...rest } = kind.schema.properties ?? {};
    if (type === undefined) differences.push(`${kind.kind}: has no type`);
    else compare(type, spec ?? { ...kind.schema, properties: rest }, kind.kind);
  }
  return { compared, differences };
}

/** Declared type of `<Kind>Spec`, or `<Kind>Fields` where the kind has no spec. */
function specType(file: ts.SourceFile | undefined, kind: string, checker: ts.TypeChecker): ts.Type | undefined {
  const module = file && checker.getSymbolAtLocation(file);
  const exported = module === undefined ? [] : checker.getExportsOfModule(module);
  const symbol = exported.find(({ name }) => name === `${kind}Spec` || name === `${kind}Fields`);
  return symbol && checker.getDeclaredTypeOfSymbol(symbol);
}

function withoutUndefined(type: ts.Type, checker: ts.TypeChecker): ts.Type {
  if (!type.isUnion()) return type;
  const isNullable = type.types.some((each) => each.flags & ts.TypeFlags.Null);
  return isNullable ? type : checker.getNonNullableType(type);
}

/** A type in the words of {@link expectedType}; contents of lists, maps and objects are left to the caller. */
function describe(type: ts.Type, checker: ts.TypeChecker): string {
  const members = (type.isUnion() ? type.types : [type]).filter((each) => !(each.flags & ts.TypeFlags.Undefined));
  const words = new Set(members.map((each) => describeMember(each, checker)));
  return [...words].sort().join(' | ');
}

function describeMember(type: ts.Type, checker: ts.TypeChecker): string {
  if (!(type.flags & ts.TypeFlags.Object)) return type.flags & ts.TypeFlags.BooleanLiteral ? 'boolean' : checker.typeToString(type);
  if (checker.isArrayType(type)) return type.symbol.name === 'ReadonlyArray' ? 'list' : 'writable list';
  const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
  if (index === undefined) return 'object';
  if (index.type.flags & ts.TypeFlags.Never) return 'empty';
  if (index.type.flags & ts.TypeFlags.Unknown) return index.isReadonly ? 'open object' : 'writable open object';
  return index.isReadonly ? 'map' : 'writable map';
}

function expectedType(schema: OpenApiSchema): string {
  const words = new Set(expectedMembers(schema));
  if (schema.nullable === true) words.add('null');
  return [...words].sort().join(' | ');
}

function expectedMembers(schema: OpenApiSchema): readonly string[] {
  if (schema['x-kubernetes-int-or-string']) return ['number', 'string'];
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value));
  if (schema.type === undefined) return ['unknown'];
  if (schema.type === 'integer') return ['number'];
  if (schema.type === 'array') return ['list'];
  if (schema.type !== 'object') return [schema.type];
  const isOpen =
    schema['x-kubernetes-preserve-unknown-fields'] || schema['x-kubernetes-embedded-resource'] || schema.additionalProperties === true;
  if (isOpen) return ['open object'];
  if (typeof schema.additionalProperties === 'object') {
    // A map of anything is the same type as an object with any fields.
    return expectedType(schema.additionalProperties) === 'unknown' ? ['open object'] : ['map'];
  }
  return Object.keys(schema.properties ?? {}).length === 0 ? ['empty'] : ['object'];
}

/** Parsed files of the compiler's library, kept from one program to the next. */
const libraries = new Map<string, ts.SourceFile>();

/** A strict program over texts that stand in no file; `custom-resource` is a stand-in without dependencies. */
function programOf(texts: ReadonlyMap<string, string>): ts.Program {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ['lib.es2023.d.ts'],
    target: ts.ScriptTarget.ES2023,
  };
  const files = new Map([...texts].map(([group, text]) => [`/${group}.ts`, text]));
  files.set(
    '/custom-resource.ts',
    'export interface CustomKind<Spec> { apiVersion: string; kind: string; scope: string; __spec?: Spec }\nexport interface SpeclessKind<Fields> extends CustomKind<Fields> {}',
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, version) => {
    const text = files.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, version, true);
    const library = libraries.get(name) ?? getSourceFile.call(host, name, version);
    if (library !== undefined) libraries.set(name, library);
    return library;
  };
  host.fileExists = (name) => files.has(name) || fileExists.call(host, name);
  host.readFile = (name) => files.get(name) ?? readFile.call(host, name);
  return ts.createProgram([...files.keys()], options, host);
}
