import Taro from '@tarojs/taro'
import type { ResponseOf } from '#shared/contracts/index'
import { ApiError, errorOfFailure, errorOfResponse } from './api-error'
import { isWeapp } from './device'
import { apiBase } from './origin'
import { useSession } from './session'
import { text } from './text'

/** Sending and loading a picture takes longer than anything else. */
const timeoutMs = 30_000
/** The platform's own limit counts from when the picture was read; this one also ends a picture that never is. */
const longestMs = timeoutMs + 5_000
const sendings = 2

const authorization = (): Record<string, string> => {
  const token = useSession.getState().member?.token
  return token ? { authorization: `Bearer ${token}` } : {}
}

/**
 * Lets the member take or choose pictures, made smaller by the phone where it can.
 * @returns their paths on the phone; none when he changes his mind
 * @throws ApiError when the album or the camera does not open
 */
export async function choosePhotos(count: number): Promise<string[]> {
  try {
    if (!isWeapp) return (await Taro.chooseImage({ count, sizeType: ['compressed'] })).tempFilePaths
    const { tempFiles } = await Taro.chooseMedia({ count, mediaType: ['image'], sizeType: ['compressed'] })
    return tempFiles.map(({ tempFilePath }) => tempFilePath)
  } catch (failure) {
    if (/cancel/.test(String((failure as { errMsg?: string } | null)?.errMsg))) return []
    throw new ApiError({ status: 0, code: 'network.offline', message: text.photos.notOpened })
  }
}

const parsed = (data: unknown): unknown => {
  try {
    return typeof data === 'string' ? JSON.parse(data) : data
  } catch {
    return null
  }
}

/**
 * Uploads one picture, and once more by itself when no answer came: what was stored and never used is swept by the server.
 * @param cancelling ends the sending when the member no longer wants it
 * @returns its id
 * @throws ApiError after little more than a minute at the latest
 */
export async function uploadPhoto(path: string, cancelling: AbortSignal): Promise<string> {
  for (let sending = 1; ; sending += 1) {
    try {
      return await uploadOnce(path, cancelling)
    } catch (error) {
      if (cancelling.aborted || sending >= sendings || !(error instanceof ApiError && error.isUndecided))
        throw error
    }
  }
}

async function uploadOnce(path: string, cancelling: AbortSignal): Promise<string> {
  const task = Taro.uploadFile({
    url: `${apiBase}/api/member/uploads`,
    filePath: path,
    name: 'file',
    header: authorization(),
    timeout: timeoutMs,
  })
  const answer = await inTime(task, cancelling).catch((failure: unknown) => {
    throw errorOfFailure(failure)
  })
  const body = parsed(answer.data)
  if (answer.statusCode !== 201) throw errorOfResponse(answer.statusCode, body)
  return (body as ResponseOf<'POST /api/member/uploads'>).upload.id
}

function inTime<T>(work: Promise<T> & { abort?: () => void }, cancelling: AbortSignal): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_, reject) => {
    const end = (errMsg: string) => {
      work.abort?.()
      reject({ errMsg })
    }
    timer = setTimeout(() => end('uploadFile:fail timeout'), longestMs)
    cancelling.addEventListener('abort', () => end('uploadFile:fail abort'))
  })
  return Promise.race([work, limit]).finally(() => clearTimeout(timer))
}

/** Brings one of the member's own uploads to the phone. @throws ApiError */
export const loadPhoto = (id: string): Promise<string> =>
  loadOwnPicture(`/api/member/uploads/${encodeURIComponent(id)}`)

/** Brings a picture that only the member may see to the phone: its address alone carries no token. @throws ApiError */
export async function loadOwnPicture(path: string): Promise<string> {
  const answer = await Taro.downloadFile({
    url: `${apiBase}${path}`,
    header: authorization(),
    timeout: timeoutMs,
  }).catch((failure: unknown) => {
    throw errorOfFailure(failure)
  })
  if (answer.statusCode !== 200) throw errorOfResponse(answer.statusCode, null)
  return answer.tempFilePath
}
