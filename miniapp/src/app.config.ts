/* Never in a production build: Taro bundles only the pages that are listed. */
const developmentPackages =
  process.env.NODE_ENV === 'development' ? [{ root: 'packages/development', pages: ['gallery/index'] }] : []

/* The mini program takes these from theme.json, by the phone's light or dark; on H5 app.scss colours the bar. */
export default defineAppConfig({
  pages: ['pages/home/index', 'pages/mall/index', 'pages/orders/index', 'pages/me/index'],
  subPackages: [
    { root: 'packages/points', pages: ['entries/index'] },
    { root: 'packages/gift', pages: ['detail/index', 'basket/index'] },
    {
      root: 'packages/order',
      pages: [
        'detail/index',
        'code/index',
        'after-sale/index',
        'after-sale-status/index',
        'after-sale-list/index',
      ],
    },
    { root: 'packages/address', pages: ['list/index', 'edit/index'] },
    {
      root: 'packages/member',
      pages: [
        'sign-in/index',
        'inbox/index',
        'profile/index',
        'settings/index',
        'close/index',
        'help/index',
        'wishes/index',
        'invite/index',
        'tier/index',
      ],
    },
    { root: 'packages/check-in', pages: ['calendar/index'] },
    { root: 'packages/task', pages: ['list/index', 'detail/index'] },
    { root: 'packages/play', pages: ['rain/index'] },
    { root: 'packages/staff', pages: ['desk/index'] },
    ...developmentPackages,
  ],
  preloadRule: {
    'pages/home/index': { network: 'all', packages: ['packages/gift'] },
    'pages/mall/index': { network: 'all', packages: ['packages/gift'] },
    'pages/orders/index': { network: 'all', packages: ['packages/order'] },
  },
  darkmode: true,
  themeLocation: 'theme.json',
  window: {
    backgroundTextStyle: '@backgroundTextStyle' as 'dark',
    navigationBarBackgroundColor: '@paper',
    backgroundColor: '@paper',
    navigationBarTextStyle: '@navigationText' as 'black',
    navigationBarTitleText: '积礼',
    /* More than a screen before its end a list asks for its next page. */
    onReachBottomDistance: 900,
  },
  tabBar: {
    color: '@tabText',
    selectedColor: '@tabSelected',
    backgroundColor: '@tabGround',
    borderStyle: '@tabBorder' as 'white',
    list: [
      {
        pagePath: 'pages/home/index',
        text: '首页',
        iconPath: 'assets/tab/home.png',
        selectedIconPath: 'assets/tab/home-active.png',
      },
      {
        pagePath: 'pages/mall/index',
        text: '礼品',
        iconPath: 'assets/tab/gift.png',
        selectedIconPath: 'assets/tab/gift-active.png',
      },
      {
        pagePath: 'pages/orders/index',
        text: '订单',
        iconPath: 'assets/tab/order.png',
        selectedIconPath: 'assets/tab/order-active.png',
      },
      {
        pagePath: 'pages/me/index',
        text: '我的',
        iconPath: 'assets/tab/me.png',
        selectedIconPath: 'assets/tab/me-active.png',
      },
    ],
  },
  lazyCodeLoading: 'requiredComponents',
  /* Only H5 draws its own page transitions. */
  ...(process.env.TARO_ENV === 'h5' ? { animation: { duration: 220, delay: 20 } } : {}),
})
