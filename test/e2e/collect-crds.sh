#!/bin/sh
# Collects the custom resource definitions that the end-to-end tests need, from upstream, at the pinned versions:
#   test/e2e/collect-crds.sh <folder>     then     CRDS_DIR=<folder> npm run test:e2e
# One line per component: version line, file, and where it comes from, with the versions of the component catalogue:
#   git <repository> <tag> <path>     a folder of a repository of GitHub
#   url <address>                     a file of a release
#   chart <repository> <name> <version>   definitions that only helm renders (HELM=<program>, or `helm`)
set -eu
folder=${1:?usage: $0 <folder>}
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT

while read -r line file how from name path; do
  rm -rf "$clone/it"
  mkdir -p "$folder/$line"
  target="$folder/$line/$file.yaml"
  case $how in
    git)
      git -c advice.detachedHead=false clone --quiet --depth 1 --branch "$name" "https://github.com/$from.git" "$clone/it"
      # Only definitions: kustomization files and the like lie beside them.
      find "$clone/it/$path" -name '*.yaml' -exec grep -l '^kind: CustomResourceDefinition' {} + | sort |
        while read -r source; do printf -- '---\n' && cat "$source"; done >"$target" ;;
    url) curl -fsSL "$from" -o "$target" ;;
    chart) "${HELM:-helm}" template "$name" "$name" --repo "$from" --version "$path" --set installGatewayAPI=false >"$target" </dev/null ;;
  esac
  echo "$target: $(grep -c '^kind: CustomResourceDefinition' "$target") definitions of $from"
done <<'TABLE'
1.28 actions-runner-controller git actions/actions-runner-controller gha-runner-scale-set-0.14.2 charts/gha-runner-scale-set-controller/crds
1.28 argo-cd git argoproj/argo-cd v2.14.11 manifests/crds
1.28 argo-rollouts git argoproj/argo-rollouts v1.9.1 manifests/crds
1.28 cert-manager url https://github.com/cert-manager/cert-manager/releases/download/v1.16.5/cert-manager.crds.yaml
1.28 external-secrets git external-secrets/external-secrets v0.16.2 config/crds/bases
1.28 external-snapshotter git kubernetes-csi/external-snapshotter v8.6.0 client/config/crd
1.28 gateway-api git kubernetes-sigs/gateway-api v1.4.1 config/crd/standard
1.28 keda url https://github.com/kedacore/keda/releases/download/v2.15.1/keda-2.15.1-crds.yaml
1.28 linkerd-crds chart https://helm.linkerd.io/edge linkerd-crds 2025.4.4
1.28 prometheus-operator git prometheus-operator/prometheus-operator v0.93.0 example/prometheus-operator-crd
1.28 trust-manager url https://raw.githubusercontent.com/cert-manager/trust-manager/v0.24.0/deploy/crds/trust.cert-manager.io_bundles.yaml
1.28 velero git vmware-tanzu/helm-charts velero-12.1.0 charts/velero/crds
1.34 actions-runner-controller git actions/actions-runner-controller gha-runner-scale-set-0.14.2 charts/gha-runner-scale-set-controller/crds
1.34 argo-cd git argoproj/argo-cd v3.5.1 manifests/crds
1.34 argo-rollouts git argoproj/argo-rollouts v1.9.1 manifests/crds
1.34 cert-manager url https://github.com/cert-manager/cert-manager/releases/download/v1.21.1/cert-manager.crds.yaml
1.34 external-secrets git external-secrets/external-secrets v2.9.0 config/crds/bases
1.34 external-snapshotter git kubernetes-csi/external-snapshotter v8.6.0 client/config/crd
1.34 gateway-api git kubernetes-sigs/gateway-api v1.6.1 config/crd/standard
1.34 keda url https://github.com/kedacore/keda/releases/download/v2.20.2/keda-2.20.2-crds.yaml
1.34 linkerd-crds chart https://helm.linkerd.io/edge linkerd-crds 2025.10.7
1.34 prometheus-operator git prometheus-operator/prometheus-operator v0.93.0 example/prometheus-operator-crd
1.34 trust-manager url https://raw.githubusercontent.com/cert-manager/trust-manager/v0.24.0/deploy/crds/trust.cert-manager.io_bundles.yaml
1.34 velero git vmware-tanzu/helm-charts velero-12.1.0 charts/velero/crds
TABLE
