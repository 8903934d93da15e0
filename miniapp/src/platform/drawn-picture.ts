import Taro from '@tarojs/taro'

export interface Drawing {
  pen: CanvasRenderingContext2D
  /** A picture of the phone, to be drawn. */
  load(path: string): Promise<CanvasImageSource>
}

/**
 * Draws a picture that is nowhere on the page.
 * @returns its path on the phone, for an Image and for `savePicture`
 * @throws Error when a picture that goes into it cannot be read
 */
export async function drawPicture(
  width: number,
  height: number,
  draw: (drawing: Drawing) => Promise<void>,
): Promise<string> {
  if (process.env.TARO_ENV === 'h5') {
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    await draw({ pen: penOf(canvas), load: (path) => loaded(new Image(), path) })
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('the canvas gives no picture')
    return URL.createObjectURL(blob)
  }
  const canvas = Taro.createOffscreenCanvas({ type: '2d', width, height }) as unknown as WeappCanvas
  await draw({ pen: penOf(canvas), load: (path) => loaded(canvas.createImage(), path) })
  const { tempFilePath } = await Taro.canvasToTempFilePath({
    canvas: canvas as unknown as Taro.Canvas,
    fileType: 'png',
  })
  return tempFilePath
}

interface WeappCanvas extends HTMLCanvasElement {
  createImage(): HTMLImageElement
}

function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas on this phone')
  return pen
}

const loaded = (image: HTMLImageElement, path: string): Promise<HTMLImageElement> =>
  new Promise((resolve, reject) => {
    image.onload = () => resolve(image)
    image.onerror = () => reject(new Error('a picture cannot be read'))
    image.src = path
  })

/**
 * Puts a drawn picture where the member finds it: a browser downloads it, WeChat adds it to the album.
 * @returns false when the member did not let WeChat do so
 */
export async function savePicture(path: string, fileName: string): Promise<boolean> {
  if (process.env.TARO_ENV === 'h5') {
    const link = document.createElement('a')
    link.href = path
    link.download = fileName
    link.click()
    return true
  }
  return Taro.saveImageToPhotosAlbum({ filePath: path }).then(
    () => true,
    () => false,
  )
}
