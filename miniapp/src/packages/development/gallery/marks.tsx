import { DrawnTick } from '../../../components/drawn-tick/drawn-tick'
import { Glyph, type Tone } from '../../../components/glyph/glyph'
import { Icon } from '../../../components/icon/icon'
import { type IconName, icons } from '../../../components/icon/icons'
import { Illustration } from '../../../components/illustration/illustration'
import { type IllustrationName, illustrations } from '../../../components/illustration/illustrations'
import { Notice } from '../../../components/notice/notice'
import { Picture } from '../../../components/picture/picture'
import { PointsNumber } from '../../../components/points-number/points-number'
import { QrCode } from '../../../components/qr-code/qr-code'
import { useColors } from '../../../platform/brand'
import { longText } from './samples'
import { Specimen } from './specimen'

const tones: readonly Tone[] = ['ink', 'ink2', 'ink3', 'inkFaint', 'accent', 'gold', 'danger']
const sizes = ['hero', 'large', 'medium', 'small'] as const

function Numbers() {
  return (
    <>
      <Specimen name="PointsNumber: sizes, tones, lowest price, without a unit" layout="row">
        {sizes.map((size) => (
          <PointsNumber key={size} points={12_480} size={size} />
        ))}
        <PointsNumber points={3_600} size="medium" tone="gold" isFrom />
        <PointsNumber points={3_600} size="medium" tone="quiet" />
        <PointsNumber points={0} size="medium" unit={false} />
      </Specimen>
      <Specimen name="PointsNumber: nine digits" layout="row">
        {sizes.map((size) => (
          <PointsNumber key={size} points={999_999_999} size={size} />
        ))}
      </Specimen>
    </>
  )
}

/** What is looked at. */
export function Marks() {
  const { accentFill, onAccent } = useColors()
  return (
    <>
      <Numbers />
      <Specimen name="Glyph: tones" layout="row">
        {tones.map((tone) => (
          <Glyph key={tone} name="gift" size={28} tone={tone} />
        ))}
      </Specimen>
      <Specimen name="Icon: all" layout="row">
        {(Object.keys(icons) as IconName[]).map((name) => (
          <Glyph key={name} name={name} size={24} tone="ink" />
        ))}
        <Icon name="check" size={24} color="#B3382C" label="完成" />
      </Specimen>
      <Specimen name="Illustration: all" layout="row">
        {(Object.keys(illustrations) as IllustrationName[]).map((name) => (
          <Illustration key={name} name={name} width={106} />
        ))}
      </Specimen>
      <Specimen name="DrawnTick" layout="row">
        <DrawnTick size={72} ground={accentFill} color={onAccent} />
      </Specimen>
      <Specimen name="Picture: missing, faded, broken" layout="row">
        <Picture className="gallery__picture" url={null} />
        <Picture className="gallery__picture" url={null} isFaded />
        <Picture className="gallery__picture" url="data:image/png;base64,broken" isEager />
      </Specimen>
      <Specimen name="QrCode" layout="row">
        <QrCode className="gallery__code" text="jili:482109375564:4f1d0c8a2b7e93655d08c1aa" label="兑换码" />
      </Specimen>
      <Specimen name="Notice: short, long" layout="block">
        <Notice>积分不够，还差 320 积分</Notice>
        <Notice>{longText}</Notice>
      </Specimen>
    </>
  )
}
