import Taro from '@tarojs/taro'

/**
 * Asks WeChat's user for one more message of a template. Only from a tap, before anything is waited for: WeChat refuses to
 * ask otherwise. @returns whether he agreed; never outside WeChat
 */
export async function askForMessage(templateId: string | null): Promise<boolean> {
  if (process.env.TARO_ENV !== 'weapp' || templateId === null) return false
  try {
    const answer = await Taro.requestSubscribeMessage({ tmplIds: [templateId], entityIds: [] })
    return (answer as unknown as Record<string, unknown>)[templateId] === 'accept'
  } catch {
    // Switched off in WeChat's settings, or too old: the inbox remains.
    return false
  }
}
