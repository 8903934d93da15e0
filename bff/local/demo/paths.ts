import { join, resolve } from 'node:path'

const root = resolve(__dirname, '../../..')
/** `npm run dev` and its test name a folder of their own. */
const data = resolve(root, process.env.JILI_DATA_DIR ?? '.data/demo')

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
