/** One jest project each for what is shared, the BFF (node, real services) and the mini program (jsdom). */
const transform = (tsx) => ({
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx },
        target: 'es2022',
        transform: { react: { runtime: 'automatic' } },
      },
      module: { type: 'commonjs' },
    },
  ],
})

module.exports = {
  projects: [
    {
      displayName: 'shared',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/shared/**/*.test.ts'],
      transform: transform(false),
    },
    {
      displayName: 'bff',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/{bff,api,concurrency,invariants,faults,browser}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
      transform: transform(false),
    },
    {
      displayName: 'miniapp',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/test/miniapp/**/*.test.{ts,tsx}'],
      transform: transform(true),
      moduleNameMapper: {
        '^@tarojs/components$': '<rootDir>/test/miniapp/stubs/components.tsx',
        '^@tarojs/taro$': '<rootDir>/test/miniapp/stubs/taro.ts',
        '\\.(scss|png|svg|webp)$': '<rootDir>/test/miniapp/stubs/asset.ts',
      },
    },
  ],
  maxWorkers: 2,
  // A machine under load is slow, not wrong: only what hangs should end a test.
  testTimeout: 120_000,
}
