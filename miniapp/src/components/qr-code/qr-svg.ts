import qrcode from 'qrcode-generator'

/** The code as an SVG document of merged rows; level M survives a scratched screen protector. */
export function qrSvg(text: string): string {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const side = code.getModuleCount()
  const rows: string[] = []
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      if (!code.isDark(row, column)) continue
      let length = 1
      while (column + length < side && code.isDark(row, column + length)) length++
      rows.push(`M${column} ${row}h${length}v1h-${length}z`)
      column += length
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 8}" height="${side * 8}" shape-rendering="crispEdges"><path fill="#1E1B17" d="${rows.join('')}"/></svg>`
}
