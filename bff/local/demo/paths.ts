import { join, resolve } from 'node:path'

const root = resolve(__dirname, '../../..')
const data = join(root, '.data/demo')

export const paths = {
  root,
  /** Databases, ports and logs of the demo. */
  data,
  /** Where the demo's database listens, while it runs. */
  running: join(data, 'running.json'),
  uploads: join(data, 'uploads'),
  settings: join(data, 'settings.json'),
  h5Log: join(data, 'h5-build.log'),
  pictures: join(root, '.data/pictures'),
  miniapp: join(root, 'miniapp'),
  h5: join(root, 'miniapp/dist/h5'),
} as const
