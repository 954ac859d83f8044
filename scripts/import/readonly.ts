import ts from 'typescript';

/** What {@link makeReadonly} keeps of a text of type declarations. */
export interface Selection {
  /** Names of the declarations to keep, in the order in which they are written. */
  readonly order: readonly string[];
  readonly exported: ReadonlySet<string>;
}

/**
 * Rewrites a text of interfaces and type aliases: every field, index and array `readonly`, comments left out, declarations in the given order.
 * @throws when a declaration of the order is missing.
 */
export function makeReadonly(text: string, { order, exported }: Selection): string {
  const file = ts.createSourceFile('types.ts', text, ts.ScriptTarget.Latest, true);
  const printer = ts.createPrinter({ removeComments: true });
  const declared = new Map<string, ts.Statement>();
  for (const statement of file.statements) {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) declared.set(statement.name.text, statement);
  }
  const printed = order.map((name) => {
    const statement = declared.get(name);
    if (statement === undefined)
      throw new Error(`${name}: no type of this name was generated; generated were ${[...declared.keys()].join(', ')}`);
    const [result] = ts.transform(statement, [readonlyTypes(exported.has(name))]).transformed;
    return printer.printNode(ts.EmitHint.Unspecified, result ?? statement, file);
  });
  return `${printed.join('\n\n')}\n`;
}

function readonlyTypes(isExported: boolean): ts.TransformerFactory<ts.Statement> {
  const { factory } = ts;
  const readonlyModifier = factory.createModifier(ts.SyntaxKind.ReadonlyKeyword);
  const modifiers = isExported ? [factory.createModifier(ts.SyntaxKind.ExportKeyword)] : [];
  return (context) => {
    const visit = (node: ts.Node): ts.Node => {
      const inner = ts.visitEachChild(node, visit, context);
      if (ts.isPropertySignature(inner)) {
        return factory.updatePropertySignature(inner, [readonlyModifier], inner.name, inner.questionToken, inner.type);
      }
      if (ts.isIndexSignatureDeclaration(inner)) {
        return factory.updateIndexSignature(inner, [readonlyModifier], inner.parameters, inner.type);
      }
      if (ts.isArrayTypeNode(inner)) return factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, inner);
      if (ts.isInterfaceDeclaration(inner)) {
        return factory.updateInterfaceDeclaration(inner, modifiers, inner.name, inner.typeParameters, inner.heritageClauses, inner.members);
      }
      if (ts.isTypeAliasDeclaration(inner))
        return factory.updateTypeAliasDeclaration(inner, modifiers, inner.name, inner.typeParameters, inner.type);
      return inner;
    };
    return (statement) => ts.visitNode(statement, visit, ts.isStatement);
  };
}
