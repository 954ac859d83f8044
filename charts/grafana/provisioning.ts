import { type Folder, jsonText } from '../dashboards';
import { PATHS } from './names';

/** Most bytes of a ConfigMap that are filled; the API server takes 1 MiB with everything. */
const MOST = 800_000;

/** A source of dashboards, as Grafana reads it: https://grafana.com/docs/grafana/latest/administration/provisioning/#dashboards */
export interface Provider {
  readonly name: string;
  readonly orgId: 1;
  readonly folder: string;
  readonly folderUid: string;
  readonly type: 'file';
  readonly disableDeletion: false;
  readonly allowUiUpdates: false;
  readonly updateIntervalSeconds: number;
  readonly options: { readonly path: string };
}

/** Where the files of a folder stand. */
export const folderPath = ({ uid }: Folder): string => `${PATHS.dashboards}/${uid}`;

/** A provider for each folder: Grafana reads changed files while it runs. */
export const providers = (folders: readonly Folder[]): readonly Provider[] =>
  folders.map((folder) => ({
    name: folder.uid,
    orgId: 1,
    folder: folder.title,
    folderUid: folder.uid,
    type: 'file',
    disableDeletion: false,
    allowUiUpdates: false,
    updateIntervalSeconds: 30,
    options: { path: folderPath(folder) },
  }));

/** A ConfigMap with files of a folder. */
export interface FolderPart {
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
}

/** The files of a folder, in as many ConfigMaps as it takes; mostly it takes one. */
export function partsOf(folder: Folder): readonly FolderPart[] {
  const parts: Record<string, string>[] = [{}];
  let bytes = 0;
  for (const { uid, json } of folder.dashboards) {
    const text = jsonText(json);
    const size = Buffer.byteLength(text);
    if (bytes > 0 && bytes + size > MOST) {
      parts.push({});
      bytes = 0;
    }
    bytes += size;
    Object.assign(parts.at(-1) ?? {}, { [`${uid}.json`]: text });
  }
  return parts.map((data, i) => ({ name: `grafana-dashboards-${folder.uid}${i === 0 ? '' : `-${i + 1}`}`, data }));
}
