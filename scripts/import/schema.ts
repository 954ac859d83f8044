import type { JSONSchema4 } from 'json-schema';

/** The part of a structural schema (`openAPIV3Schema`) that decides the type; `anyOf`, `oneOf`, `not`, patterns and limits only validate. */
export interface OpenApiSchema {
  readonly type?: string;
  readonly properties?: { readonly [name: string]: OpenApiSchema };
  readonly additionalProperties?: boolean | OpenApiSchema;
  readonly items?: OpenApiSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
}

/** Translates a structural schema into a JSON schema that says only what the type needs, in one canonical order: equal types give equal schemas. */
export function typesOnly(schema: OpenApiSchema): JSONSchema4 {
  const type = withoutNull(schema);
  const listsNull = schema.enum?.includes(null) === true;
  return schema.nullable === true && !listsNull ? { anyOf: [type, { type: 'null' }] } : type;
}

function withoutNull(schema: OpenApiSchema): JSONSchema4 {
  if (schema['x-kubernetes-int-or-string'] === true) return { type: ['number', 'string'] };
  if (schema.enum !== undefined) return { enum: [...schema.enum] };
  switch (schema.type) {
    case 'object':
      return objectType(schema);
    case 'array':
      return { type: 'array', items: schema.items === undefined ? {} : typesOnly(schema.items) };
    case 'string':
    case 'boolean':
    case 'number':
    case 'integer':
      return { type: schema.type === 'integer' ? 'number' : schema.type };
    default:
      // No type: any JSON, which only `x-kubernetes-preserve-unknown-fields` allows.
      return {};
  }
}

function objectType(schema: OpenApiSchema): JSONSchema4 {
  const fields = Object.entries(schema.properties ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || schema['x-kubernetes-embedded-resource'] === true;
  const values = schema.additionalProperties;
  if (fields.length === 0 && !open && (values === undefined || values === false)) {
    // The server keeps no field of such an object; `{}` as a type would take every value.
    return { tsType: 'Record<string, never>' };
  }
  const map = typeof values === 'object' ? typesOnly(values) : values === true;
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, typesOnly(field)])),
    required: fields.filter(([name, field]) => isRequired(schema, name, field)).map(([name]) => name),
    additionalProperties: open ? true : map,
  };
}

/** The server fills a field that has a default before it asks whether it is there. */
function isRequired(parent: OpenApiSchema, name: string, field: OpenApiSchema): boolean {
  return parent.required?.includes(name) === true && field.default === undefined;
}
