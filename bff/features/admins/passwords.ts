import { hash, verify } from '@node-rs/argon2'
import { createBoundedLane } from '../../platform/bounded-lane'
import type { Admin } from './admin.model'

/**
 * Argon2 takes a core and one of the four threads that files, DNS and crypto share. Strangers have a lane of their own, so
 * that a burst of wrong sign-ins neither slows other requests nor stands in the way of who is known.
 */
const lanes = {
  stranger: createBoundedLane({ waitingMax: 16 }),
  known: createBoundedLane({ waitingMax: 16 }),
}

export type PasswordLane = keyof typeof lanes

/** Verified against when there is no such admin, so that the answer takes as long and tells nothing. */
let decoyHash: Promise<string> | undefined

/** @throws `service.busy` */
export const hashPassword = (password: string): Promise<string> => lanes.known(() => hash(password))

/** Whether a password is an admin's; of no admin it never is. @throws `service.busy` */
export const isRightPassword = (
  lane: PasswordLane,
  admin: Pick<Admin, 'passwordHash'> | null,
  password: string,
): Promise<boolean> =>
  lanes[lane](async () => {
    decoyHash ??= hash('decoy')
    const decoy = await decoyHash
    const isRight = await verify(admin?.passwordHash ?? decoy, password)
    return isRight && admin !== null
  })
