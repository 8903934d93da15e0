import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bucketOf, type Env, officialAccountOf, smsOf } from './env'
import { addressesRoutes, eraseAddresses } from './features/addresses'
import { adminsRoutes, ensureFirstOwner } from './features/admins'
import { afterSalesRoutes, eraseAfterSales, lapseReturns } from './features/after-sales'
import { alertsRoutes } from './features/alerts'
import { auditRoutes } from './features/audit'
import { basketRoutes, eraseBasket } from './features/basket'
import { checkInsRoutes, eraseReminder, remindMembers } from './features/check-ins'
import { earningRoutes } from './features/earning'
import { entitlementsRoutes } from './features/entitlements'
import { createFollowersConsumer, followersRoutes } from './features/followers'
import { giftCodesRoutes, resealGiftCodes, retireExpiredCodes, runCodeImports } from './features/gift-codes'
import { carryClaims, ensureCategories, giftsRoutes, watchStock } from './features/gifts'
import { closeGuessingAlerts } from './features/guesses'
import { helpRoutes } from './features/help'
import { countUnread, createInboxConsumer, eraseInbox, inboxRoutes } from './features/inbox'
import { createInvitationsConsumer, invitationsRoutes } from './features/invitations'
import {
  createMembersRoutes,
  eraseAgain,
  findMutedTopics,
  type MemberParts,
  resealPhones,
} from './features/members'
import { openClientsRoutes } from './features/open-clients'
import {
  countHandedOverToday,
  countUnderWay,
  eraseOrders,
  findOrderNumbers,
  ordersRoutes,
  redemptionsRoutes,
  resealRedemptionCodes,
  sweepDueOrders,
} from './features/orders'
import { picturesRoutes, sweepPictures } from './features/pictures'
import { createPointsRoutes, expirePoints, remindExpiring, verifyNightly } from './features/points'
import { purchasesRoutes } from './features/purchases'
import { carryPackets, rainsRoutes, sweepRains } from './features/rains'
import { settingsRoutes } from './features/settings'
import { shipmentsRoutes } from './features/shipments'
import { createStaffRoutes } from './features/staff'
import { storesRoutes } from './features/stores'
import { carryCompletions, eraseTasks, tasksRoutes } from './features/tasks'
import { createTestClockRoutes } from './features/test-clock'
import { carryRewards, eraseGrowth, settleByHand, sweepTiers, tiersRoutes } from './features/tiers'
import { eraseUploads, sweepUploads, uploadsRoutes } from './features/uploads'
import { eraseVerificationCodes } from './features/verification-codes'
import { eraseWishes, tellWishers, wishesRoutes } from './features/wishes'
import { createHttpServer } from './http/server'
import { createBusinessCalendar } from './kernel/business-calendar'
import { type AdjustableClock, type Clock, createAdjustableClock, systemClock } from './kernel/clock'
import type { KeyRing } from './kernel/secrets'
import { ledgerChecks } from './ledger-checks'
import { createLogger, type Logger } from './platform/logging'
import { connectMongo, disconnectMongo, isMongoReady, prepareCollections } from './platform/mongo/connection'
import { createOutbox } from './platform/outbox/outbox'
import { createCache } from './platform/redis/cache'
import { connectRedis, waitForRedis } from './platform/redis/client'
import { createGate } from './platform/redis/gate'
import { startJobs } from './platform/redis/jobs'
import { createLocks } from './platform/redis/locks'
import { createRateLimits } from './platform/redis/rate-limits'
import type { Route } from './platform/route'
import type { Services } from './platform/services'
import { createTencentSms } from './platform/sms/tencent-sms'
import { createStorage } from './platform/storage/create-storage'
import { createWechatClient } from './platform/wechat/client'
import { createOfficialAccount } from './platform/wechat/official-account'

export interface AppOptions {
  env: Env
  /** What this process does: answer requests, run jobs, or both. */
  runs: { web: boolean; worker: boolean }
  /** Routes of the demo, beside the product's. */
  extraRoutes?: readonly Route[]
  /** Where time comes from; the machine's clock when left out. */
  clock?: Clock
  logger?: Logger
}

export interface App {
  /** Where it listens; 0 without the web service. */
  port: number
  services: Services
  /** Finishes requests and jobs under way, then closes everything. */
  stop(): Promise<void>
}

/** Builds one process of Jili from its settings and starts it. */
export async function startApp({
  env,
  runs,
  extraRoutes = [],
  clock: baseClock = systemClock,
  logger = createLogger(env.LOG_LEVEL),
}: AppOptions): Promise<App> {
  const clock = env.TEST_CLOCK === 'on' ? createAdjustableClock(baseClock) : baseClock
  await connectMongo({ uri: env.MONGODB_URI, poolSize: env.MONGODB_POOL_SIZE })
  await prepareCollections()
  await ensureCategories()
  if (env.OWNER_USERNAME && env.OWNER_PASSWORD) await ensureFirstOwner(env.OWNER_USERNAME, env.OWNER_PASSWORD)

  const redis = connectRedis({
    url: env.REDIS_URL,
    onChange: (isUp) => logger.warn({ isUp }, isUp ? 'redis is back' : 'redis is away: slower, never wrong'),
  })
  await waitForRedis(redis, 2_000)
  const cache = createCache(redis)
  const smsSettings = smsOf(env)
  const account = officialAccountOf(env)
  const services: Services = {
    clock,
    calendar: createBusinessCalendar(env.BUSINESS_TIME_ZONE),
    locks: createLocks({ redis, isEnabled: env.REDIS_LOCKS === 'on' }),
    gate: createGate(redis, env.REDIS_LOCKS === 'on'),
    cache,
    rateLimits: createRateLimits(redis, env.RATE_LIMITS === 'on'),
    outbox: createOutbox({
      clock,
      consumers: [
        createInboxConsumer(findMutedTopics),
        createInvitationsConsumer(() => services),
        createFollowersConsumer(() => services),
      ],
      onFailure: (event, consumer, error) =>
        logger.error({ err: error, event: event.id, consumer }, 'event not taken'),
    }),
    wechat: createWechatClient({
      baseUrl: env.WECHAT_BASE_URL,
      appId: env.WECHAT_APP_ID,
      appSecret: env.WECHAT_APP_SECRET,
      tokenCache: cache,
      clock,
    }),
    templates: { checkInReminder: env.WECHAT_CHECK_IN_TEMPLATE_ID ?? null },
    officialAccount: account && createOfficialAccount({ ...account, tokenCache: cache, clock }),
    sms: smsSettings && createTencentSms(smsSettings),
    storage: createStorage({ folder: env.UPLOADS_DIR, s3: bucketOf(env) }),
    codeKeys: { lookup: env.CODE_LOOKUP_KEY, sealing: parseKeyRing(env.CODE_SEALING_KEYS) },
  }

  let isStopping = false
  const server = runs.web
    ? createHttpServer({
        routes: [...productRoutes(clock), ...extraRoutes],
        services,
        logger,
        health: {
          isMongoReady: () => isMongoReady(2_000),
          isRedisReady: () => redis.status === 'ready',
          isStopping: () => isStopping,
        },
        h5Dir: env.H5_DIR,
        picturesDir: env.PICTURES_DIR,
        trustedProxies: env.TRUSTED_PROXIES,
        checkResponses: env.NODE_ENV === 'test',
      })
    : null
  const port = server ? await listen(server, env.HOST, env.PORT) : 0
  const jobs = runs.worker ? await startWorker(env, services, logger) : null
  return {
    port,
    services,
    async stop() {
      isStopping = true
      if (server) await closeServer(server)
      await jobs?.stop()
      redis.disconnect()
      await disconnectMongo()
    },
  }
}

const memberParts: MemberParts = {
  countUnread,
  carryOver: async (fromMemberId, toMemberId, today) => {
    await carryClaims(fromMemberId, toMemberId, today)
    await carryRewards(fromMemberId, toMemberId)
    await carryCompletions(fromMemberId, toMemberId)
    await carryPackets(fromMemberId, toMemberId)
  },
  settleTier: settleByHand,
  closing: {
    countUnderWay,
    erasers: [
      eraseAddresses,
      eraseAfterSales,
      eraseBasket,
      eraseGrowth,
      eraseInbox,
      eraseOrders,
      eraseReminder,
      eraseTasks,
      eraseUploads,
      eraseVerificationCodes,
      eraseWishes,
    ],
  },
}

const productRoutes = (clock: AdjustableClock | Clock): Route[] => [
  ...adminsRoutes,
  ...afterSalesRoutes,
  ...alertsRoutes,
  ...auditRoutes,
  ...addressesRoutes,
  ...basketRoutes,
  ...checkInsRoutes,
  ...createMembersRoutes(memberParts),
  ...createPointsRoutes(ledgerChecks, findOrderNumbers),
  ...createStaffRoutes(countHandedOverToday),
  ...earningRoutes,
  ...followersRoutes,
  ...giftCodesRoutes,
  ...entitlementsRoutes,
  ...giftsRoutes,
  ...helpRoutes,
  ...inboxRoutes,
  ...invitationsRoutes,
  ...openClientsRoutes,
  ...ordersRoutes,
  ...picturesRoutes,
  ...redemptionsRoutes,
  ...purchasesRoutes,
  ...rainsRoutes,
  ...settingsRoutes,
  ...shipmentsRoutes,
  ...storesRoutes,
  ...tasksRoutes,
  ...tiersRoutes,
  ...uploadsRoutes,
  ...wishesRoutes,
  ...('advance' in clock ? createTestClockRoutes(clock) : []),
]

const startWorker = (env: Env, services: Services, logger: Logger) =>
  startJobs({
    redisUrl: env.REDIS_URL,
    jobs: [
      { name: 'outbox.deliver', everyMs: 1_000, run: () => services.outbox.deliver() },
      { name: 'orders.sweep', everyMs: 30_000, run: () => sweepDueOrders(services) },
      { name: 'after-sales.lapse', everyMs: 60_000, run: () => lapseReturns(services) },
      { name: 'points.expire', everyMs: 5 * 60_000, run: () => expirePoints(services) },
      { name: 'points.remind', everyMs: 5 * 60_000, run: () => remindExpiring(services) },
      { name: 'ledger.verify', everyMs: 5 * 60_000, run: () => verifyAndReport(services, logger) },
      { name: 'guesses.close-alerts', everyMs: 60_000, run: () => closeGuessingAlerts(services) },
      { name: 'gifts.watch-stock', everyMs: 60_000, run: () => watchStock(services) },
      { name: 'gift-codes.import', everyMs: 1_000, run: () => runCodeImports(services) },
      { name: 'gift-codes.retire', everyMs: 60_000, run: () => retireExpiredCodes(services) },
      { name: 'codes.reseal', everyMs: 60_000, run: () => resealCodes(services, logger) },
      { name: 'members.erase-again', everyMs: 60_000, run: () => eraseAgain(services, memberParts.closing) },
      { name: 'check-ins.remind', everyMs: 60_000, run: () => remindMembers(services) },
      { name: 'tiers.sweep', everyMs: 60_000, run: () => sweepTiers(services) },
      { name: 'rains.sweep', everyMs: 30_000, run: () => sweepRains(services) },
      { name: 'wishes.tell', everyMs: 15_000, run: () => tellWishers(services) },
      { name: 'uploads.sweep', everyMs: 600_000, run: () => sweepUploads(services) },
      { name: 'pictures.sweep', everyMs: 600_000, run: () => sweepPictures(services) },
    ],
    onFailure: (job, error) => logger.error({ err: error, job }, 'job failed'),
  })

async function verifyAndReport(services: Services, logger: Logger): Promise<void> {
  const report = await verifyNightly(services, ledgerChecks)
  if (report && !report.ok)
    logger.error({ differences: report.differences.slice(0, 20) }, 'the ledger does not add up')
}

/** Says how many are left under an old key: when it has said 0, that key can be dropped. */
async function resealCodes(services: Services, logger: Logger): Promise<void> {
  const left =
    (await resealGiftCodes(services)) +
    (await resealRedemptionCodes(services)) +
    (await resealPhones(services))
  if (services.codeKeys.sealing.length > 1) logger.info({ left }, 'codes and numbers sealed under an old key')
}

const parseKeyRing = (text: string): KeyRing =>
  text.split(',').map((entry) => {
    const [name = '', key = ''] = entry.split(':')
    return { name, key: Buffer.from(key, 'hex') }
  })

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return (server.address() as AddressInfo).port
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  // Requests under way get ten seconds; a connection that hangs longer is cut.
  const timer = setTimeout(() => server.closeAllConnections(), 10_000)
  await closed
  clearTimeout(timer)
}
