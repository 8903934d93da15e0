import type { z } from 'zod'
import type { signInAdmin as contract } from '#shared/contracts/admins'
import { DomainError } from '../../../kernel/errors'
import { randomSecret, sha256 } from '../../../kernel/secrets'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { guardGuess } from '../../guesses'
import { openSession } from '../../sessions'
import { type Admin, AdminModel } from '../admin.model'
import { AdminDeviceModel } from '../admin-device.model'
import { presentAdmin } from '../admins.presenter'
import { isRightPassword } from '../passwords'

type SignInServices = Pick<Services, 'clock' | 'codeKeys' | 'rateLimits'>
type Credentials = z.output<typeof contract.body>

const deviceLifeMs = 180 * 86_400_000
const devicesPerAdmin = 20

/**
 * Opens a session for a right password. Wrong ones make the next try wait, ever longer; a device that the admin has
 * signed in from before waits for its own wrong ones only. An unknown name costs and answers the same.
 * @throws `auth.wrong_password`, `auth.admin_stopped`, `rate.limited`, `service.busy`
 */
export async function signIn(
  services: SignInServices,
  { username, password, deviceToken }: Credentials,
  client: { address: string; userAgent: string | null },
): Promise<z.input<typeof contract.response>> {
  const admin = await AdminModel.findOne({ username }).lean()
  const device = await findDevice(services, admin, deviceToken)
  const guess = {
    secret: 'admin-password',
    who: username,
    label: admin ? `管理员「${username}」的密码` : '一个不存在的管理员的密码',
    clientAddress: client.address,
    knownDevice: device,
  } as const
  const isRight = await guardGuess(services, guess, async () => {
    const verdict = await isRightPassword(device ? 'known' : 'stranger', admin, password)
    return { isWrong: !verdict, outcome: verdict }
  })
  if (!admin || !isRight) throw new DomainError('auth.wrong_password')
  if (admin.stoppedAt) throw new DomainError('auth.admin_stopped')
  return inTransaction(() =>
    open(services, admin, { deviceToken: device ? deviceToken : undefined, userAgent: client.userAgent }),
  )
}

/** The id of the device behind a token, if this admin has signed in from it. */
async function findDevice(
  { clock }: Pick<Services, 'clock'>,
  admin: Admin | null,
  deviceToken: string | undefined,
): Promise<string | null> {
  if (deviceToken === undefined) return null
  // Looked up for unknown names too, so that the time it takes tells nothing.
  const device = await AdminDeviceModel.findById(sha256(deviceToken)).lean()
  const isKnown = device && device.adminId === admin?._id && device.expiresAt > clock.now()
  return isKnown ? device._id : null
}

async function open(
  services: SignInServices,
  admin: Admin,
  client: { deviceToken: string | undefined; userAgent: string | null },
): Promise<z.input<typeof contract.response>> {
  // Compare and set: a session opened with a password that was just changed would outlive the change.
  const signedIn = await AdminModel.updateOne(
    { _id: admin._id, passwordHash: admin.passwordHash, stoppedAt: null },
    { $set: { lastSignedInAt: services.clock.now() } },
  )
  if (signedIn.matchedCount !== 1) throw new DomainError('auth.wrong_password')
  const { token, expiresAt } = await openSession(services, 'admin', admin._id, client.userAgent)
  const deviceToken = client.deviceToken ?? randomSecret(256)
  await keepDevice(services, admin._id, deviceToken)
  return { token, expiresAt: expiresAt.toISOString(), admin: presentAdmin(admin), deviceToken }
}

async function keepDevice(
  { clock }: Pick<Services, 'clock'>,
  adminId: string,
  deviceToken: string,
): Promise<void> {
  const expiresAt = new Date(clock.now().getTime() + deviceLifeMs)
  await AdminDeviceModel.updateOne(
    { _id: sha256(deviceToken) },
    { $set: { adminId, expiresAt } },
    { upsert: true },
  )
  const surplus = await AdminDeviceModel.find({ adminId })
    .sort({ expiresAt: -1 })
    .skip(devicesPerAdmin)
    .select('_id')
    .lean()
  if (surplus.length > 0) await AdminDeviceModel.deleteMany({ _id: { $in: surplus.map(({ _id }) => _id) } })
}
