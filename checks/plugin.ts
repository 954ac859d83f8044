import { existsSync } from 'node:fs';
import type { ClusterFacts } from './facts';
import { readFacts } from './facts-file';
import { checkManifests, count } from './folder';
import { summary } from './format';
import { readFiles, readFolder } from './read';

/** The part of the CLI's validation context that this plugin uses. */
interface ValidationContext {
  /** Files that the CLI found in `output:`. */
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly {
        readonly resourceName: string;
        readonly manifestPath: string;
        readonly locations: readonly string[];
      }[];
    }): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

/** The properties of the plugin in cdk8s.yaml. */
export interface FleetChecksProps {
  /** Folder to check when the program wrote nothing into `output:`. @default dist */
  readonly dist?: string;
  /** A facts file, see docs/checks-cli.md. @default - checks that need facts are not run */
  readonly facts?: string;
}

/**
 * The checks as a validation plugin of `cdk8s synth`. The program writes `dist/` itself, where the CLI does not look, so the plugin rereads that folder;
 * with `-o other` or `--stdout` it checks what was rendered there.
 */
export class FleetChecks {
  constructor(private readonly props: FleetChecksProps = {}) {}

  /** Called by the CLI after synth. @throws when there is nothing to check, which must not look like success */
  async validate({ manifests, report }: ValidationContext): Promise<void> {
    const dist = this.props.dist ?? 'dist';
    if (manifests.length === 0 && !existsSync(dist))
      throw new Error(`FleetChecks: ${dist}: no such folder; expected the rendered manifests (property dist)`);
    const read = manifests.length > 0 ? readFiles(manifests) : readFolder(dist);
    if (read.sets.length === 0 && read.problems.length === 0)
      throw new Error(`FleetChecks: ${dist}: found no Kubernetes objects in ${read.files} files`);
    const file = this.props.facts === undefined ? undefined : readFacts(this.props.facts);
    const factsOf = (cluster: string): Partial<ClusterFacts> => ({ ...file?.common, ...file?.byCluster.get(cluster) });
    const result = checkManifests(read, factsOf);
    for (const { finding, place } of result.findings) {
      report.addViolation({
        ruleName: `${finding.check} (${finding.severity})`,
        recommendation: `${finding.message}. ${finding.why}`,
        fix: finding.mend,
        violatingResources: [
          {
            resourceName: finding.object,
            manifestPath: place === undefined ? finding.source : `${place.file}:${place.line}`,
            locations: [finding.field ?? '(whole object)'],
          },
        ],
      });
    }
    report.submit(count(result).errors > 0 ? 'failure' : 'success', { Summary: summary(result) });
  }
}
