/**
 * Import boundaries. One direction: main → app → http → features → platform → kernel → shared/domain.
 * Each rule's comment says what to do instead; `npm run check` prints it.
 */

/** Which feature may import which other one (always through its index.ts). */
const allowedFeaturePairs = {
  sessions: [],
  audit: [],
  alerts: [],
  guesses: ['alerts'],
  settings: ['audit'],
  points: ['audit', 'sessions', 'settings', 'alerts'],
  pictures: ['audit'],
  stores: ['audit', 'pictures'],
  inbox: [],
  help: ['audit'],
  'verification-codes': ['guesses'],
  members: ['sessions', 'points', 'audit', 'settings', 'uploads'],
  admins: ['sessions', 'audit', 'guesses'],
  staff: ['sessions', 'stores', 'audit', 'members'],
  addresses: [],
  'check-ins': ['earning', 'entitlements', 'points', 'members', 'settings', 'tiers'],
  earning: ['audit', 'members', 'points', 'settings', 'stores'],
  invitations: ['earning', 'members', 'settings'],
  purchases: ['earning', 'members', 'points', 'settings', 'stores', 'tiers'],
  rains: ['audit', 'earning', 'members', 'settings'],
  tiers: ['earning', 'gifts', 'members', 'settings'],
  entitlements: ['audit', 'members'],
  gifts: ['audit', 'pictures', 'stores', 'points', 'members', 'settings', 'entitlements', 'alerts'],
  wishes: ['gifts', 'members'],
  basket: ['gifts', 'members', 'points', 'stores'],
  'gift-codes': ['audit', 'gifts'],
  'open-clients': ['audit'],
  parcels: [],
  orders: [
    'audit',
    'guesses',
    'stores',
    'points',
    'members',
    'gifts',
    'gift-codes',
    'addresses',
    'staff',
    'parcels',
    'basket',
    'settings',
    'verification-codes',
  ],
  shipments: ['audit', 'orders', 'parcels'],
  uploads: [],
  followers: [],
  tasks: ['audit', 'earning', 'followers', 'members', 'points', 'settings', 'uploads'],
  'after-sales': ['audit', 'points', 'members', 'orders', 'uploads', 'settings'],
}

const featurePairRules = Object.entries(allowedFeaturePairs).map(([feature, allowed]) => ({
  name: `feature-${feature}`,
  severity: 'error',
  comment: `The feature ${feature} may use only: ${allowed.join(', ') || 'no other feature'}. Publish an event through the outbox, or move what is shared to platform/ or kernel/.`,
  from: { path: `^bff/features/${feature}/` },
  to: {
    path: '^bff/features/[^/]+/',
    pathNot: [feature, ...allowed].map((name) => `^bff/features/${name}/`),
  },
}))

const layer = (name, from, forbidden, advice) => ({
  name,
  severity: 'error',
  comment: advice,
  from: { path: from },
  to: { path: forbidden },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files import each other. Move what both need one layer down.',
      from: {},
      to: { circular: true },
    },
    layer(
      'shared-stands-alone',
      '^shared/',
      '^(bff|miniapp|test)/',
      'shared/ is used by both sides: it may import only shared/ and zod.',
    ),
    layer(
      'domain-is-pure',
      '^shared/domain/',
      '^(shared/contracts|bff|miniapp|test)/|^node_modules/',
      'shared/domain holds pure values and functions; contracts build on it, not the other way.',
    ),
    layer(
      'kernel-is-lowest',
      '^bff/kernel/',
      '^bff/(platform|http|features|local|app|main)',
      'kernel/ knows nothing of Jili: pass what it needs as an argument.',
    ),
    layer(
      'platform-below-features',
      '^bff/platform/',
      '^bff/(http|features|local|app|main)',
      'platform/ serves features: turn the import round, or hand the feature in at app.ts.',
    ),
    layer(
      'features-below-http',
      '^bff/features/',
      '^bff/(http|local|app|main)',
      'A feature exports a list of routes; http/ mounts it.',
    ),
    layer(
      'http-below-app',
      '^bff/http/',
      '^bff/(local|app|main)',
      'http/ gets what it needs from app.ts as arguments.',
    ),
    {
      name: 'features-through-index',
      severity: 'error',
      comment:
        "Import another feature only through its index.ts; if the thing is not there, it is that feature's own business.",
      from: { path: '^bff/features/([^/]+)/' },
      to: { path: '^bff/features/[^/]+/', pathNot: ['^bff/features/$1/', '^bff/features/[^/]+/index\\.ts$'] },
    },
    ...featurePairRules,
    {
      name: 'koa-only-in-http',
      severity: 'error',
      comment: 'Only http/ knows koa. A handler gets a request object and returns status and body.',
      from: { path: '^(bff|shared)/', pathNot: '^bff/(http|local)/' },
      to: { path: '^node_modules/(koa|@koa|koa-helmet)/' },
    },
    {
      name: 'mongoose-only-in-models',
      severity: 'error',
      comment: 'mongoose belongs in *.model.ts and platform/mongo; commands and queries use the models.',
      from: { path: '^(bff|shared)/', pathNot: ['\\.model\\.ts$', '^bff/platform/mongo/', '^bff/local/'] },
      to: { path: '^node_modules/(mongoose|mongodb)/' },
    },
    {
      name: 'ioredis-only-in-platform',
      severity: 'error',
      comment: 'Redis is reached through platform/redis only, so that keys come from one module.',
      from: { path: '^(bff|shared)/', pathNot: ['^bff/platform/redis/', '^bff/local/'] },
      to: { path: '^node_modules/ioredis/' },
    },
    {
      name: 'pino-only-in-logging',
      severity: 'error',
      comment: 'Loggers come from platform/logging, which lets only named fields through.',
      from: { path: '^(bff|shared)/', pathNot: '^bff/platform/logging\\.ts$' },
      to: { path: '^node_modules/pino/' },
    },
    {
      name: 'local-stays-local',
      severity: 'error',
      comment:
        'bff/local starts stand-ins and databases for demo and tests; production code must not reach it.',
      from: { path: '^(bff|shared|miniapp)/', pathNot: '^bff/local/' },
      to: { path: '^bff/local/' },
    },
    {
      name: 'miniapp-imports',
      severity: 'error',
      comment: 'The mini program may use its own folder and shared/, nothing of the BFF.',
      from: { path: '^miniapp/' },
      to: { path: '^(bff|test)/' },
    },
    {
      name: 'unresolved',
      severity: 'error',
      comment: 'This import does not resolve.',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.(scss|png|svg|webp)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.data)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}
