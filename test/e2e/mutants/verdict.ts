import { applier, judged } from '../harness/apply';
import type { Client } from '../harness/client';
import { documentsOf } from '../harness/documents';
import type { Plan } from '../harness/plan';
import { createPod, podsOf } from '../harness/pods';
import type { Verdict } from './mutant';
import type { Mutated } from './mutation';

/** What an API server said of an object. */
export interface Answered {
  readonly verdict: Verdict;
  /** Status and message of the refusal, or the warnings; empty when it said nothing. */
  readonly said: string;
}

/** What a plan has to hold for its objects to be judged one by one: namespaces with their levels, priorities, and the kinds of others. */
export function foundationOf(plan: Plan): Plan {
  const kinds = new Set(['Namespace', 'PriorityClass']);
  const stages = plan.stages.map((stage) => ({ ...stage, documents: stage.documents.filter(({ object }) => kinds.has(object.kind)) }));
  return { ...plan, stages };
}

/** Asks a server of one object and, where it has a template, of a pod of it. Nothing is stored. */
export async function ask(client: Client, { file, text }: Mutated): Promise<Answered> {
  const [document] = documentsOf(file, text);
  if (document === undefined) throw new Error(`${file} holds no object`);
  const at = await applier(client).address(document.object, 'argocd');
  if (typeof at === 'string') return { verdict: 'refused', said: `404 ${at}` };
  const query = 'fieldManager=argocd-controller&force=true&fieldValidation=Strict&dryRun=All';
  const answer = judged(await client.request('PATCH', `${at.path}?${query}`, { body: text, contentType: 'application/apply-patch+yaml' }));
  if (answer.refusal !== undefined) return { verdict: 'refused', said: `${answer.status} ${answer.refusal}` };
  const warnings = [...answer.warnings];
  for (const pod of podsOf([{ document, application: '', dryRun: true, ...answer }])) {
    await makeAccount(client, pod.namespace, pod.pod.spec);
    const { status, refusal, warnings: more } = await createPod(client, pod, true);
    if (refusal !== undefined) return { verdict: 'pods refused', said: `${status} ${refusal}` };
    warnings.push(...more);
  }
  return { verdict: warnings.length > 0 ? 'warned' : 'accepted', said: [...new Set(warnings)].join('; ') };
}

/** A pod is refused whose account is not there; that would hide what it is refused for. */
async function makeAccount(client: Client, namespace: string, spec: object): Promise<void> {
  const name = 'serviceAccountName' in spec ? spec.serviceAccountName : 'default';
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } });
  await client.request('POST', `/api/v1/namespaces/${namespace}/serviceaccounts`, { body });
}
