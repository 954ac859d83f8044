#!/bin/sh
# Collects the custom resource definitions that the end-to-end tests need, from the upstream repositories at their pinned tags:
#   test/e2e/collect-crds.sh <folder>     then     CRDS_DIR=<folder> npm run test:e2e
# One line per component: version line, file, repository, tag, path. The tags are those of the component catalogue.
set -eu
folder=${1:?usage: $0 <folder>}
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT

while read -r line file repository tag path; do
  rm -rf "$clone/it"
  git -c advice.detachedHead=false clone --quiet --depth 1 --branch "$tag" "https://github.com/$repository.git" "$clone/it"
  mkdir -p "$folder/$line"
  # Only definitions: kustomization files and the like lie beside them.
  find "$clone/it/$path" -name '*.yaml' -exec grep -l '^kind: CustomResourceDefinition' {} + | sort |
    while read -r source; do printf -- '---\n' && cat "$source"; done >"$folder/$line/$file.yaml"
  echo "$folder/$line/$file.yaml: $(grep -c '^kind: CustomResourceDefinition' "$folder/$line/$file.yaml") definitions of $repository $tag"
done <<'TABLE'
1.28 argo-cd argoproj/argo-cd v2.14.11 manifests/crds
1.28 external-secrets external-secrets/external-secrets v0.16.2 config/crds/bases
1.28 prometheus-operator prometheus-operator/prometheus-operator v0.93.0 example/prometheus-operator-crd
1.34 argo-cd argoproj/argo-cd v3.5.1 manifests/crds
1.34 external-secrets external-secrets/external-secrets v2.9.0 config/crds/bases
1.34 prometheus-operator prometheus-operator/prometheus-operator v0.93.0 example/prometheus-operator-crd
TABLE
