import type { ProfileField } from '#shared/domain/enums'

/** Parts of a profile as members call them. */
export const fieldNames: Record<ProfileField, string> = {
  nick: '昵称',
  avatar: '头像',
  birthday: '生日',
  phone: '手机号',
}
