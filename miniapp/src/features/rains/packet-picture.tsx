import { Image } from '@tarojs/components'
import Taro from '@tarojs/taro'

/** Height to width. */
const ratio = 1.25

const paints =
  '<defs><linearGradient id="r" x2="1" y2="1"><stop stop-color="#E0614C"/><stop offset=".5" stop-color="#C8402F"/><stop offset="1" stop-color="#9C2A20"/></linearGradient><linearGradient id="f" x2="0" y2="1"><stop stop-color="#EC7A62"/><stop offset="1" stop-color="#CB4433"/></linearGradient><linearGradient id="g" x2="1" y2="1"><stop stop-color="#F8E6B8"/><stop offset=".5" stop-color="#DDB25F"/><stop offset="1" stop-color="#A9772B"/></linearGradient><linearGradient id="c" x2="1" y2="1"><stop stop-color="#FFFDF8"/><stop offset="1" stop-color="#EFE1C4"/></linearGradient></defs>'

const svg = (body: string) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="96" height="120" viewBox="0 0 96 120">${paints}${body}</svg>`)}`

const leaf = (y: number, stroke: string) =>
  `<path d="M48 ${y - 9}c7 6 7 12 0 18-7-6-7-12 0-18zM48 ${y - 3}v12" fill="none" stroke="${stroke}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>`

const body =
  '<rect x="13" y="10" width="70" height="104" rx="10" fill="#5E1710" fill-opacity=".28"/><rect x="12" y="6" width="72" height="106" rx="10" fill="url(#r)"/>'

const seal = (y: number) =>
  `<circle cx="48" cy="${y + 2}" r="17" fill="#6B1B12" fill-opacity=".4"/><circle cx="48" cy="${y}" r="17" fill="url(#g)"/><circle cx="48" cy="${y}" r="13" fill="none" stroke="#8A5F22" stroke-opacity=".5" stroke-width="1.4"/>${leaf(y, '#7D561D')}`

const pattern =
  '<g fill="none" stroke="#F2C98A" stroke-opacity=".55" stroke-width="1.6" stroke-linecap="round"><path d="M24 92q6-9 12 0t12 0 12 0 12 0"/><path d="M24 101q6-9 12 0t12 0 12 0 12 0"/></g>'

const pictures = {
  closed: svg(
    `${body}${pattern}<path d="M12 16A10 10 0 0 1 22 6h52a10 10 0 0 1 10 10v26q-36 26-72 0z" fill="#7E2017" fill-opacity=".45" transform="translate(0 2.5)"/><path d="M12 16A10 10 0 0 1 22 6h52a10 10 0 0 1 10 10v26q-36 26-72 0z" fill="url(#f)"/><path d="M12 42q36 26 72 0" fill="none" stroke="#F2C98A" stroke-width="1.6"/><path d="M18 18q1-6 8-7h26" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="2.6" stroke-linecap="round"/>${seal(56)}`,
  ),
  open: svg(
    `<path d="M14 52q34-62 68 0z" fill="#8E261C"/><rect x="20" y="20" width="56" height="70" rx="6" fill="url(#c)"/><circle cx="48" cy="43" r="15" fill="url(#g)"/><circle cx="48" cy="43" r="11.4" fill="none" stroke="#8A5F22" stroke-opacity=".5" stroke-width="1.3"/>${leaf(43, '#7D561D')}<path d="M12 50q36 30 72 0v52a10 10 0 0 1-10 10H22a10 10 0 0 1-10-10z" fill="url(#r)"/><path d="M12 50q36 30 72 0" fill="none" stroke="#F2C98A" stroke-width="1.6"/>${pattern}`,
  ),
}

interface PacketPictureProps {
  isOpen?: boolean
  /** In design px. */
  width: number
  className?: string
}

/** A drawn red packet; the words beside it carry the meaning. */
export function PacketPicture({ isOpen = false, width, className = '' }: PacketPictureProps) {
  const size = { width: Taro.pxTransform(width), height: Taro.pxTransform(width * ratio) }
  return (
    <Image
      className={className}
      src={isOpen ? pictures.open : pictures.closed}
      mode="aspectFit"
      style={size}
      aria-hidden
    />
  )
}
