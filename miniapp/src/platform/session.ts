import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { taroStorage } from './storage'

/** Members and staff sign in apart: one phone may hold both tokens. */
export type Role = 'member' | 'staff'

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
      name: 'jili.session',
      storage: createJSONStorage(() => taroStorage),
      partialize: ({ member, staff }) => ({ member, staff }),
    },
  ),
)

/** Whether this phone holds a token of the role. */
export const useIsSignedIn = (role: Role = 'member'): boolean => useSession((state) => state[role] !== null)
