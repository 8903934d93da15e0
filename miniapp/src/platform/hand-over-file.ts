import Taro from '@tarojs/taro'
import { isWeapp } from './device'

/**
 * Gives a file to the person: a browser saves it, WeChat sends it to a chat of one's choice (a mini program cannot
 * save other files to the phone).
 * @returns false when the person turned it down or the platform cannot
 */
export async function handOverFile(bytes: ArrayBuffer, fileName: string): Promise<boolean> {
  try {
    if (isWeapp) await sendToChat(bytes, fileName)
    else saveInBrowser(bytes, fileName)
    return true
  } catch {
    return false
  }
}

async function sendToChat(bytes: ArrayBuffer, fileName: string): Promise<void> {
  const filePath = `${Taro.env.USER_DATA_PATH}/${fileName}`
  Taro.getFileSystemManager().writeFileSync(filePath, bytes)
  await Taro.shareFileMessage({ filePath, fileName })
}

function saveInBrowser(bytes: ArrayBuffer, fileName: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // Some browsers start reading only after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
