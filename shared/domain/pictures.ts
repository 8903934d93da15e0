/** The longest side, in pixels, of each copy that is kept of an uploaded picture. */
export const pictureSidesPx = { full: 1_200, thumbnail: 400 } as const

const uploaded = new RegExp(`^/pictures/(([0-9a-f]{32})(?:-${pictureSidesPx.thumbnail})?)\\.webp$`)

/**
 * What a picture's address has to look like: one that was uploaded, or a file that the brand laid into the picture folder.
 * One plain file name: no folder, no query, no host, nothing encoded. Pages load pictures from Jili alone, so an address of
 * elsewhere would never show, and would tell others who looks.
 */
export const pictureUrlPattern = /^\/pictures\/[\dA-Za-z][\w@-]{0,99}\.(?:webp|png|jpg|jpeg|avif)$/

/** The address when it is one of ours, else null: what was stored before only ours were taken is shown as missing. */
export const ownPictureUrl = (url: string | null | undefined): string | null =>
  url && pictureUrlPattern.test(url) ? url : null

/** Addresses of both copies of an uploaded picture. */
export const uploadedPictureUrls = (id: string) => ({
  url: `/pictures/${id}.webp`,
  thumbnailUrl: `/pictures/${id}-${pictureSidesPx.thumbnail}.webp`,
})

/** Of an uploaded picture's address, the picture's id and the name of the copy; null for every other address. */
export function findUploadedPicture(url: string): { id: string; copy: string } | null {
  const [, copy, id] = uploaded.exec(url) ?? []
  return id && copy ? { id, copy } : null
}

/** The small copy of a picture where there is one, else the picture. */
export function smallPictureUrl(url: string | null): string | null {
  const picture = url && findUploadedPicture(url)
  return picture ? uploadedPictureUrls(picture.id).thumbnailUrl : url
}
