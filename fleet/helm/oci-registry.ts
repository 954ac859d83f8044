import { z } from 'zod';
import { digestOf } from './archive';
import { type Answer, get } from './http';

/** Media type of the layer that is a chart's archive: https://helm.sh/docs/topics/registries/ */
const ARCHIVE = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

const manifestSchema = z.object({ layers: z.array(z.object({ mediaType: z.string(), digest: z.string() })) });
const tokenSchema = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/**
 * The archive of a chart in an OCI registry that lets anybody read, as the OCI Distribution Specification 1.1 says.
 * @param place - host and path without `oci://`, as `ghcr.io/actions/charts/runners`
 * @throws when the registry has no such chart or version, wants a login, or sends other bytes than its manifest says
 */
export async function pullFromRegistry(place: string, version: string): Promise<Uint8Array> {
  const slash = place.indexOf('/');
  const [host, path] = [place.slice(0, slash), place.slice(slash + 1)];
  // As other clients of registries: without TLS only on the machine itself.
  const scheme = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host) ? 'http' : 'https';
  const base = `${scheme}://${host}/v2/${path}`;
  // A tag has no `+`.
  const tag = version.replaceAll('+', '_');
  const authorization: { header?: string } = {};
  const ask = (url: string, accept: string) => getAuthorized(url, accept, authorization);
  const manifest = await ask(`${base}/manifests/${tag}`, MANIFEST);
  if (manifest.status === 404)
    throw new Error(`oci://${place}: the registry has no version ${version}, or no such chart. Correct the catalogue.`);
  if (manifest.status !== 200) throw new Error(`${base}/manifests/${tag}: the registry answers ${manifest.status}, expected 200.`);
  const parsed = manifestSchema.safeParse(json(manifest));
  const layer = parsed.success ? parsed.data.layers.find(({ mediaType }) => mediaType === ARCHIVE) : undefined;
  if (layer === undefined) throw new Error(`oci://${place}:${tag}: this is no Helm chart: its manifest has no layer of type ${ARCHIVE}.`);
  const blob = await ask(`${base}/blobs/${layer.digest}`, '*/*');
  if (blob.status !== 200) throw new Error(`${base}/blobs/${layer.digest}: the registry answers ${blob.status}, expected 200.`);
  const got = digestOf(blob.bytes);
  if (got !== layer.digest) {
    throw new Error(
      `oci://${place}:${tag}: wrong digest: the registry's manifest says ${layer.digest}, what came is ${got}. Nothing of it is kept; try again.`,
    );
  }
  return blob.bytes;
}

/** Gets an address; asked for a token, it fetches one that anybody may have. */
async function getAuthorized(url: string, accept: string, authorization: { header?: string }): Promise<Answer> {
  const headers = () => ({ accept, ...(authorization.header === undefined ? {} : { authorization: authorization.header }) });
  const first = await get(url, headers());
  if (first.status !== 401) return first;
  const challenge = first.headers.get('www-authenticate') ?? '';
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1];
  const realm = field('realm');
  if (!/^bearer /i.test(challenge) || realm === undefined)
    throw new Error(`${url}: the registry wants a login, which charts:pull does not have.`);
  const query = new URLSearchParams();
  for (const name of ['service', 'scope']) {
    const value = field(name);
    if (value !== undefined) query.set(name, value);
  }
  const answer = await get(`${realm}?${query}`);
  const parsed = tokenSchema.safeParse(json(answer));
  const token = parsed.success ? (parsed.data.token ?? parsed.data.access_token) : undefined;
  if (answer.status !== 200 || token === undefined)
    throw new Error(`${url}: the registry gives no token without a login, which charts:pull does not have.`);
  authorization.header = `Bearer ${token}`;
  return get(url, headers());
}

function json({ bytes }: Answer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
