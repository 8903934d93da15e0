import { useEffect, useState } from 'react'
import { ChipRow } from '../../../components/chip/chip'
import { Page } from '../../../components/page/page'
import { showTheme } from '../../../platform/theme'
import type { Theme } from '../../../styles/accent'
import { Actions } from './actions'
import { Layers } from './layers'
import { Lists } from './lists'
import { Marks } from './marks'
import './gallery.scss'

const themes = [
  { value: 'light', label: '浅色' },
  { value: 'dark', label: '深色' },
] as const

/** Every component in every state, for those who build the mini program; no production build has this page. */
export default function GalleryPage() {
  const [theme, setTheme] = useState<Theme>('light')
  useEffect(() => {
    showTheme(theme)
    return () => showTheme(null)
  }, [theme])
  return (
    <Page title="组件" className={`gallery--${theme}`}>
      <ChipRow
        className="gallery__themes"
        choices={themes}
        chosen={theme}
        onChoose={setTheme}
        idPrefix="theme"
      />
      <Actions />
      <Lists />
      <Marks />
      <Layers />
    </Page>
  )
}
