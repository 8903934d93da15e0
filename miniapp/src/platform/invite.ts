import Taro from '@tarojs/taro'
import { dropKept, keep, readKept } from './storage'

const codeName = 'invite'
const deviceName = 'device'

/** Keeps the code that the mini program was opened with until somebody registers: by a link, or by a mini-program code. */
export function rememberInvite(query: Record<string, string | undefined> = {}): void {
  const scene = decodeURIComponent(query.scene ?? '')
  const code = query.invite ?? /^i=(\w+)$/.exec(scene)?.[1]
  if (code && /^\w{4,32}$/.test(code)) keep('device', codeName, code)
}

/** What registering tells of how one came here. */
export function inviteOfThisPhone(): { inviteCode?: string; deviceId: string } {
  const inviteCode = readKept<string>('device', codeName)
  return { ...(inviteCode ? { inviteCode } : {}), deviceId: deviceId() }
}

export const forgetInvite = (): void => dropKept('device', codeName)

/** A random name of this phone, so that one phone is not invited again and again. It says nothing of the person. */
function deviceId(): string {
  const known = readKept<string>('device', deviceName)
  if (known) return known
  const made = Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 10).padEnd(8, '0')).join(
    '',
  )
  keep('device', deviceName, made)
  return made
}

const homePath = '/pages/home/index'

/** Where an invited person comes in. */
export const invitePath = (code: string): string => `${homePath}?invite=${code}`

/** The same for a browser. */
export const inviteLink = (code: string): string =>
  process.env.TARO_ENV === 'h5' ? `${window.location.origin}/#${invitePath(code)}` : invitePath(code)

/** What the mini program was opened with. */
export const launchQuery = (): Record<string, string | undefined> => Taro.getLaunchOptionsSync?.().query ?? {}
