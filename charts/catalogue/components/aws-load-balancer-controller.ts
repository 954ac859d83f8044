import type { Component } from '../entry';

export const awsLoadBalancerController: Component = {
  name: 'aws-load-balancer-controller',
  what: 'makes ALBs and NLBs of Ingresses and Services',
  licence: 'Apache-2.0',
  releases: [
    {
      version: 'v3.5.0',
      kubernetes: { from: '1.31', source: 'upstream says 1.22 and newer; the bound keeps older clusters on the release that they run' },
      images: {
        controller: { name: 'public.ecr.aws/eks/aws-load-balancer-controller', tag: 'v3.5.0' },
      },
      crds: { repository: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller.git', path: 'config/crd', tag: 'v3.5.0' },
    },
    {
      version: 'v3.1.0',
      kubernetes: { from: '1.22', to: '1.30', source: 'upstream docs say 1.22 and newer' },
      images: {
        controller: { name: 'public.ecr.aws/eks/aws-load-balancer-controller', tag: 'v3.1.0' },
      },
      crds: { repository: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller.git', path: 'config/crd', tag: 'v3.1.0' },
    },
  ],
};
