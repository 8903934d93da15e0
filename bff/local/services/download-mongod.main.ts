import { MongoBinary } from 'mongodb-memory-server'

/**
 * Downloads a mongod with mongodb-memory-server and prints where it is. A process of its own, for the library has no
 * way to give up a download that hangs. Usage: download-mongod.main.ts <folder>
 */
async function main(): Promise<void> {
  const [downloadDir] = process.argv.slice(2)
  if (!downloadDir) throw new Error('usage: download-mongod.main.ts <folder>')
  console.log(await MongoBinary.getPath({ downloadDir }))
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
