import Taro from '@tarojs/taro'

/** What some browsers tell of the connection. */
interface Connection {
  saveData?: boolean
  effectiveType?: string
}

const slowTypes = new Set(['slow-2g', '2g', 'none'])

let isSlowPhone = false

/** Listens to what WeChat tells of the connection. */
export function watchNetwork(): void {
  if (process.env.TARO_ENV !== 'weapp') return
  const note = ({ networkType }: { networkType: string }) => {
    isSlowPhone = slowTypes.has(networkType)
  }
  Taro.onNetworkStatusChange(note)
  void Taro.getNetworkType()
    .then(note)
    .catch(() => undefined)
}

/** Whether each byte should be asked for by somebody: on 2G, without a network, and where data is to be saved. */
export function isFrugal(): boolean {
  if (process.env.TARO_ENV === 'weapp') return isSlowPhone
  const { connection } = navigator as Navigator & { connection?: Connection }
  return connection?.saveData === true || slowTypes.has(connection?.effectiveType ?? '')
}
