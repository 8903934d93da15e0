import Taro from '@tarojs/taro'

/** Tells Excel that a file is UTF-8; reading an answer as text drops it. */
const mark = '\ufeff'

/**
 * Hands a text file to the phone. A browser downloads it. In the mini program it is kept, and its path comes back
 * for `shareFile`: WeChat lets a file out only in answer to a tap.
 */
export async function keepFile(fileName: string, content: string): Promise<string | null> {
  const marked = content.startsWith(mark) ? content : mark + content
  if (process.env.TARO_ENV === 'h5') {
    download(fileName, marked)
    return null
  }
  const filePath = `${Taro.env.USER_DATA_PATH}/${fileName}`
  await new Promise<void>((resolve, reject) => {
    Taro.getFileSystemManager().writeFile({
      filePath,
      data: marked,
      encoding: 'utf8',
      success: () => resolve(),
      fail: reject,
    })
  })
  return filePath
}

function download(fileName: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // Some browsers read it only after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Lets the user send a kept file to a chat; only in answer to a tap. @returns whether WeChat could do it */
export async function shareFile(filePath: string): Promise<boolean> {
  if (!Taro.canIUse('shareFileMessage')) return false
  return new Promise((resolve) => {
    void Taro.shareFileMessage({
      filePath,
      success: () => resolve(true),
      // Who thought better of it needs no message.
      fail: ({ errMsg }) => resolve(/cancel/.test(errMsg)),
    })
  })
}
