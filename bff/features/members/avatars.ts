/** Where a member's own picture is shown to everybody. */
export const avatarAddress = (uploadId: string): string => `/api/avatars/${uploadId}`
