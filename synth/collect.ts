import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { refuse } from './error';
import { misuseOf } from './misuse';
import type { KubeObject, SourcedObject } from './object';

/**
 * A chart whose objects all say their names: cdk8s would derive a missing one from the construct path, and then moving code
 * would rename a running object.
 */
export class NamedChart extends Chart {
  /** @throws Error always; cdk8s calls this only for an object without `metadata.name`. */
  override generateObjectName(apiObject: ApiObject): string {
    throw new Error(`${apiObject.node.path}: this ${apiObject.kind} has no name. Names are said, never derived: give it metadata.name.`);
  }
}

/**
 * The objects of one chart as plain data, in the order in which they were added. Objects of a chart nested in this one belong to that
 * one and are left out. Neither `App.synth` nor construct dependencies are used, so the cost grows with the number of objects.
 *
 * @param application name of the Argo CD Application that carries the objects. @default - none
 * @throws SynthError when a value was lost on the way or rendered wrongly (see `misuseOf`).
 */
export function collect(chart: Chart, application?: string): readonly SourcedObject[] {
  const objects: SourcedObject[] = [];
  const problems: string[] = [];
  const visit = (construct: IConstruct): void => {
    if (ApiObject.isApiObject(construct)) {
      const apiObject = construct as ApiObject;
      const object = apiObject.toJson() as KubeObject;
      problems.push(...misuseOf(apiObject, object));
      objects.push({ object, source: apiObject.node.path, ...(application !== undefined && { application }) });
    }
    for (const child of construct.node.children) if (!Chart.isChart(child)) visit(child);
  };
  visit(chart);
  refuse(problems);
  return objects;
}
