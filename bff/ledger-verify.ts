import { parseArgs } from 'node:util'
import { rebuildCaches, verifyLedger } from './features/points'
import { ledgerChecks } from './ledger-checks'
import { connectMongo, disconnectMongo, prepareCollections } from './platform/mongo/connection'

const { values } = parseArgs({
  options: {
    member: { type: 'string' },
    recent: { type: 'boolean', default: false },
    rebuild: { type: 'boolean', default: false },
  },
})

/**
 * `npm run ledger:verify`: proves the ledger of MONGODB_URI and names each member and difference.
 * `--member=<id>` only this one, `--recent` only what is new since the last time, `--rebuild` writes cached balances
 * and lots of members with differences anew from their journals. Ends with 0 only when everything adds up.
 */
async function main(): Promise<void> {
  const uri = process.env.MONGODB_URI
  if (!uri) throw new Error('MONGODB_URI is not set')
  await connectMongo({ uri, poolSize: 10 })
  await prepareCollections()
  const verify = () =>
    verifyLedger(ledgerChecks, { readsWhole: () => !values.recent, memberId: values.member })
  let report = await verify()
  if (values.rebuild && !report.ok) {
    for (const memberId of new Set(report.differences.map((difference) => difference.memberId))) {
      if (memberId === null) continue
      const isRebuilt = await rebuildCaches(memberId)
      console.log(`${memberId}: ${isRebuilt ? 'caches rebuilt' : 'left alone, the journal itself is broken'}`)
    }
    report = await verify()
  }
  for (const { memberId, check, expected, actual } of report.differences) {
    console.log(`${memberId ?? '-'}: ${check}: expected ${expected}, found ${actual}`)
  }
  for (const [account, points] of Object.entries(report.accounts)) console.log(`${account} ${points}`)
  console.log(
    `${report.ok ? 'ok' : `${report.differences.length} differences`}: ` +
      `${report.checkedMembers} members, ${report.checkedEntries} entries read`,
  )
  process.exitCode = report.ok ? 0 : 1
  await disconnectMongo()
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
})
