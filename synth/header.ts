/**
 * First line of every file that synth owns. A file in dist that does not start with it belongs to somebody else and is never deleted.
 * Changing it makes every file of an existing dist foreign: remove dist in the same change.
 */
export const HEADER = '# Rendered by cdk8s synth. Change apps/, overlays/ or charts/ and synth again; edits here are lost.';
