export default definePageConfig({
  navigationBarTitleText: '兑换码',
  navigationBarBackgroundColor: '#FFFFFF',
  navigationBarTextStyle: 'black',
  backgroundColor: '#FFFFFF',
})
