import { App } from 'cdk8s';
import { collect, type NamedChart } from '../../synth/collect';
import { type Objects, objects } from '../workload/support';

/** The objects of one chart, held against the schemas where these are at hand. */
export const rendered = (make: (app: App) => NamedChart): Objects => objects(collect(make(new App())));
