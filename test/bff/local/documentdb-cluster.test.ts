import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clusterFolder } from '../../../bff/local/services/documentdb/postgres-process.cjs'
import {
  activeWay,
  connectToFreshDatabase,
  removeDataDir,
  startOwnServices,
  temporaryDataDir,
} from './local-database'

jest.setTimeout(60_000)

const isActive = activeWay === 'documentdb'
const suite = isActive ? describe : describe.skip
if (!isActive) process.stderr.write(`  not run: clusters of DocumentDB, for MongoDB is ${activeWay}\n`)

suite('the PostgreSQL cluster of a data folder', () => {
  const folderOfCluster = (dataDir: string) => {
    const { rootFolder, name } = JSON.parse(
      readFileSync(join(dataDir, 'mongodb/documentdb/cluster.json'), 'utf8'),
    )
    return clusterFolder(rootFolder, name)
  }

  it('is not shared with a copy of the folder', async () => {
    const [original, copy] = [temporaryDataDir(), temporaryDataDir()]
    const first = (await startOwnServices(original)).services
    const connection = await connectToFreshDatabase(first.mongodbUri)
    await connection.collection('notes').insertOne({ text: 'of the original' })
    await connection.close()
    await first.stop()
    cpSync(original, copy, { recursive: true })

    const { services, lines } = await startOwnServices(copy)
    expect(lines).toContainEqual(expect.stringMatching(/is a copy of another data folder/))
    expect(folderOfCluster(copy)).not.toBe(folderOfCluster(original))
    await services.stop()
    for (const dataDir of [original, copy]) removeDataDir(dataDir)
  })

  it('is deleted after the folder was', async () => {
    const [gone, other] = [temporaryDataDir(), temporaryDataDir()]
    await (await startOwnServices(gone)).services.stop()
    const abandoned = folderOfCluster(gone)
    expect(existsSync(abandoned)).toBe(true)
    removeDataDir(gone)
    await (await startOwnServices(other)).services.stop()
    expect(existsSync(abandoned)).toBe(false)
    removeDataDir(other)
  })
})
