import cluster from 'node:cluster'
import { supervise } from './supervisor'

if (cluster.isPrimary) supervise()
// Imported here alone: the supervisor needs nothing of it, and what it does not load cannot fail it.
else void import('./run-process').then(({ runProcess }) => runProcess())
