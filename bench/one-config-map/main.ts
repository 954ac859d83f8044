import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';

const app = new App();
new k8s.KubeConfigMap(new Chart(app, 'one'), 'config', { metadata: { name: 'one', namespace: 'default' }, data: { key: 'value' } });
app.synth();
