import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

const file = join(__dirname, '../../../shared/schemas/1.28.json');

/** Whether the schemas are at hand; where they are not, {@link validate} does nothing and a test says so. */
export const hasSchemas = existsSync(file);

interface Schemas {
  readonly kinds: Readonly<Record<string, { readonly $ref: string }>>;
  readonly definitions: object;
}

let loaded: { readonly ajv: Ajv; readonly kinds: Schemas['kinds'] } | undefined;
const validators = new Map<string, ValidateFunction>();

/** Holds an object against the schema of its kind. @throws with the errors, or when there is no such kind */
export function validate(object: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}): void {
  // No API server sees a Kustomization: Argo CD builds with it.
  if (!hasSchemas || object.kind === 'Kustomization') return;
  const check = validatorOf(`${object.apiVersion}/${object.kind}`);
  const accepted: boolean = check(object);
  if (accepted) return;
  const errors = (check.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  throw new Error(`${object.kind} ${object.metadata.name} is not what Kubernetes 1.28 takes:\n${errors.join('\n')}`);
}

function validatorOf(kind: string): ValidateFunction {
  const known = validators.get(kind);
  if (known !== undefined) return known;
  loaded ??= load();
  const schema = loaded.kinds[kind];
  if (schema === undefined) throw new Error(`Kubernetes 1.28 with its add-ons does not serve ${kind}`);
  const compiled = loaded.ajv.compile({ $ref: `k8s${schema.$ref}` });
  validators.set(kind, compiled);
  return compiled;
}

function load() {
  const { kinds, definitions } = JSON.parse(readFileSync(file, 'utf8')) as Schemas;
  const ajv = new Ajv({ strictTypes: false });
  ajv.addSchema({ $id: 'k8s', definitions });
  return { ajv, kinds };
}
