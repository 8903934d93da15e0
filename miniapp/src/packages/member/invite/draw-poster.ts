import { accountText } from '../../../platform/account-text'
import { type Drawing, drawPicture } from '../../../platform/drawn-picture'
import { formatPoints } from '../../../platform/format'
import type { Hex } from '../../../styles/colors'

const words = accountText.invite.poster

export const posterWidth = 750
export const posterHeight = 1_200

export interface Poster {
  nick: string
  inviteCode: string
  /** What the invited one gets; the poster speaks of gifts alone when it is nothing. */
  points: number
  /** The path of the mini-program code on this phone. */
  codePath: string
  colors: Record<'paper' | 'card' | 'ink' | 'ink2' | 'gold' | 'goldSoft' | 'accent' | 'onAccent', Hex>
}

/** The poster that a member passes on, light in every theme: it will be looked at elsewhere. */
export const drawPoster = (poster: Poster): Promise<string> =>
  drawPicture(posterWidth, posterHeight, async (drawing) => {
    drawGround(drawing, poster)
    drawOffer(drawing, poster)
    drawGift(drawing, poster)
    await drawCard(drawing, poster)
  })

type Pen = Drawing['pen']

const font = (size: number, weight = 400) =>
  `${weight} ${size}px "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", sans-serif`

function rounded(pen: Pen, x: number, y: number, width: number, height: number, radius: number): void {
  pen.beginPath()
  pen.moveTo(x + radius, y)
  pen.arcTo(x + width, y, x + width, y + height, radius)
  pen.arcTo(x + width, y + height, x, y + height, radius)
  pen.arcTo(x, y + height, x, y, radius)
  pen.arcTo(x, y, x + width, y, radius)
  pen.closePath()
}

function circle(pen: Pen, x: number, y: number, radius: number): void {
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.fill()
}

/** A line of text, cut with … where it is longer than it may be. */
function write(pen: Pen, line: string, x: number, y: number, widthMax: number): void {
  let shown = line
  while (shown.length > 1 && pen.measureText(shown === line ? line : `${shown}…`).width > widthMax)
    shown = shown.slice(0, -1)
  pen.fillText(shown === line ? line : `${shown}…`, x, y)
}

function drawGround({ pen }: Drawing, { colors }: Poster): void {
  pen.fillStyle = colors.accent
  pen.fillRect(0, 0, posterWidth, posterHeight)
  pen.globalAlpha = 0.08
  pen.fillStyle = colors.onAccent
  circle(pen, 690, 90, 230)
  circle(pen, 20, 760, 260)
  pen.globalAlpha = 1
}

function drawOffer({ pen }: Drawing, { points, colors }: Poster): void {
  pen.fillStyle = colors.onAccent
  pen.textBaseline = 'alphabetic'
  pen.textAlign = 'left'
  pen.font = font(32, 600)
  pen.fillText(words.brand, 64, 112)
  pen.font = font(84, 700)
  write(pen, points > 0 ? words.offer(formatPoints(points)) : words.offerGifts, 60, 248, 630)
  pen.globalAlpha = 0.86
  pen.font = font(34)
  write(pen, words.line, 64, 316, 622)
  pen.globalAlpha = 1
}

/** A gift with its ribbon, and points flying about it. */
function drawGift({ pen }: Drawing, { colors }: Poster): void {
  pen.fillStyle = colors.gold
  circle(pen, 150, 560, 26)
  circle(pen, 604, 470, 34)
  circle(pen, 640, 660, 20)
  pen.fillStyle = colors.goldSoft
  circle(pen, 150, 560, 15)
  circle(pen, 604, 470, 20)
  circle(pen, 640, 660, 11)
  pen.fillStyle = colors.card
  rounded(pen, 225, 540, 300, 250, 24)
  pen.fill()
  pen.fillStyle = colors.goldSoft
  rounded(pen, 200, 480, 350, 90, 22)
  pen.fill()
  pen.fillStyle = colors.gold
  pen.fillRect(350, 480, 50, 310)
  pen.lineWidth = 22
  pen.strokeStyle = colors.gold
  for (const side of [-1, 1]) {
    pen.beginPath()
    pen.moveTo(375, 474)
    pen.bezierCurveTo(375 + side * 40, 380, 375 + side * 150, 380, 375 + side * 120, 446)
    pen.bezierCurveTo(375 + side * 108, 476, 375 + side * 50, 478, 375, 474)
    pen.stroke()
  }
}

async function drawCard(
  { pen, load }: Drawing,
  { nick, inviteCode, codePath, colors }: Poster,
): Promise<void> {
  pen.fillStyle = colors.card
  rounded(pen, 40, 850, 670, 310, 32)
  pen.fill()
  pen.fillStyle = colors.ink
  pen.font = font(38, 600)
  write(pen, nick, 84, 938, 330)
  pen.fillStyle = colors.ink2
  pen.font = font(28)
  write(pen, words.invites, 84, 986, 330)
  pen.fillText(words.code, 84, 1_068)
  pen.fillStyle = colors.ink
  pen.font = font(36, 600)
  write(pen, inviteCode, 84, 1_114, 330)
  const code = await load(codePath)
  pen.drawImage(code, 450, 880, 220, 220)
  pen.fillStyle = colors.ink2
  pen.font = font(24)
  pen.textAlign = 'center'
  pen.fillText(words.scan, 560, 1_136)
}
