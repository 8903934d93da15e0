/** Where the BFF is: the same origin on H5, `TARO_APP_API_BASE` of the build on weapp. No trailing slash. */
export const apiBase: string = process.env.JILI_API_BASE ?? ''

/** A picture's address as the phone can load it: the API gives paths of the BFF, and pictures come from nowhere else. */
export const pictureAddress = (path: string): string => `${apiBase}${path}`
