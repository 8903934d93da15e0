import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { dropAllKept, taroStorage } from './storage'

/** Members and staff sign in apart: one phone may hold both tokens. */
export type Role = 'member' | 'staff'
const roles: readonly Role[] = ['member', 'staff']

export interface RoleSession {
  token: string
  expiresAt: string
}

interface SessionState {
  member: RoleSession | null
  staff: RoleSession | null
  signIn: (role: Role, session: RoleSession) => void
  signOut: (role: Role) => void
}

const storageName = 'jili.session'

/** The tokens, kept over restarts. */
export const useSession = create<SessionState>()(
  persist(
    (set) => ({
      member: null,
      staff: null,
      signIn: (role, session) =>
        set({ [role]: { token: session.token, expiresAt: session.expiresAt } } as Pick<SessionState, Role>),
      signOut: (role) => set({ [role]: null } as Pick<SessionState, Role>),
    }),
    {
      name: storageName,
      storage: createJSONStorage(() => taroStorage),
      partialize: ({ member, staff }) => ({ member, staff }),
    },
  ),
)

/** Whether this phone holds a token of the role. */
export const useIsSignedIn = (role: Role = 'member'): boolean => useSession((state) => state[role] !== null)

const endListeners = new Set<(role: Role) => void>()

/** Whoever holds something of a member or of staff in memory forgets it here. */
export function onSessionEnd(listener: (role: Role) => void): void {
  endListeners.add(listener)
}

let isToldByAnotherTab = false

/*
 * A session ends by signing out, by a token that the server refuses, by closing the account, by another person signing in, and
 * by each of these in another tab. All of them change the token, so this is the one place that forgets what was theirs. The
 * tab that ended it has emptied the storage; the next person may have something there by now.
 */
useSession.subscribe((now, before) => {
  for (const role of roles) {
    if (!before[role] || before[role].token === now[role]?.token) continue
    if (!isToldByAnotherTab) dropAllKept(role)
    for (const listener of endListeners) listener(role)
  }
})

/** Follows what other tabs of the H5 do to the session. */
export function followOtherTabs(): void {
  if (process.env.TARO_ENV !== 'h5') return
  window.addEventListener('storage', ({ key }) => {
    // Without a key the whole storage was emptied.
    if (key !== null && key !== storageName) return
    isToldByAnotherTab = true
    try {
      if (taroStorage.getItem(storageName) === null) useSession.setState({ member: null, staff: null })
      else void useSession.persist.rehydrate()
    } finally {
      isToldByAnotherTab = false
    }
  })
}
