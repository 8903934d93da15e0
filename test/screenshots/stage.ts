import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import mongoose from 'mongoose'
import { type App, startApp } from '#bff/app'
import { readEnv } from '#bff/env'
import { drawPictures } from '#bff/local/demo/draw-pictures'
import { buildH5, isH5Stale } from '#bff/local/demo/h5'
import { paths } from '#bff/local/demo/paths'
import { seedWorld } from '#bff/local/demo/seed/seed-world'
import { demoSignInsRoute } from '#bff/local/demo/sign-ins'
import { startLocalServices } from '#bff/local/services/index'
import { startWechatStandIn } from '#bff/local/wechat/stand-in'
import { standInAccountSettings } from '#bff/local/wechat/state'

/**
 * The morning of every picture: a Saturday, so that the week strip has five ticks. Far ahead, because a database
 * deletes sessions whose date has passed on its own clock.
 */
export const today = new Date('2030-11-23T09:41:00+08:00')

export interface Stage {
  app: App
  baseUrl: string
  stop(): Promise<void>
}

/** The demo brand on that morning, on databases of its own, in a BFF whose clock stands still. */
export async function setStage(report: (line: string) => void): Promise<Stage> {
  const closers: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const close of closers.reverse()) await close()
  }
  try {
    report('pictures and H5 …')
    await drawPictures(paths.pictures)
    if (isH5Stale()) await buildH5(new AbortController().signal)
    const dataDir = resolve(process.env.TEST_DATA_DIR ?? '.data/screenshots')
    mkdirSync(dataDir, { recursive: true })
    const services = await startLocalServices({ dataDir, report })
    closers.push(services.stop)
    const wechat = await startWechatStandIn()
    closers.push(wechat.stop)
    const uri = new URL(services.mongodbUri)
    uri.pathname = '/jili_screenshots'
    const env = readEnv({
      NODE_ENV: 'development',
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      MONGODB_URI: uri.href,
      REDIS_URL: services.redisUrl,
      CODE_LOOKUP_KEY: '11'.repeat(32),
      CODE_SEALING_KEYS: `shots:${'22'.repeat(32)}`,
      WECHAT_BASE_URL: wechat.baseUrl,
      WECHAT_APP_ID: wechat.appId,
      WECHAT_APP_SECRET: wechat.appSecret,
      WECHAT_STAND_IN: 'on',
      ...standInAccountSettings,
      RATE_LIMITS: 'off',
      OWNER_USERNAME: 'owner',
      OWNER_PASSWORD: 'jili-test-owner',
      H5_DIR: paths.h5,
      PICTURES_DIR: paths.pictures,
      UPLOADS_DIR: join(dataDir, 'uploads'),
    })
    report('demo world …')
    await emptyDatabase(uri.href)
    await seedWorld({ env, today })
    const app = await startApp({
      env,
      runs: { web: true, worker: false },
      extraRoutes: [demoSignInsRoute],
      clock: { now: () => new Date(today) },
    })
    closers.push(app.stop)
    return { app, baseUrl: `http://127.0.0.1:${app.port}`, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function emptyDatabase(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri).asPromise()
  await connection.dropDatabase()
  await connection.close()
}
