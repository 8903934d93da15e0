import { Image } from '@tarojs/components'
import { useColors } from '../../../platform/brand'

const radius = 6
const around = 2 * Math.PI * radius

/** A ring as an SVG document: `share` of it is left, from the top clockwise. */
export const ringSvg = (share: number, color: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 16 16"><g fill="none" stroke-width="2.5" transform="rotate(-90 8 8)"><circle cx="8" cy="8" r="${radius}" stroke="#E9E3D8"/><circle cx="8" cy="8" r="${radius}" stroke="${color}" stroke-linecap="round" stroke-dasharray="${(around * share).toFixed(2)} ${around.toFixed(2)}"/></g></svg>`

/** Empties as the code runs out. */
export function Ring({ share }: { share: number }) {
  const { accent } = useColors('light')
  return (
    <Image
      className="ring"
      id="ring"
      src={`data:image/svg+xml,${encodeURIComponent(ringSvg(share, accent))}`}
      mode="aspectFit"
      aria-hidden="true"
    />
  )
}
