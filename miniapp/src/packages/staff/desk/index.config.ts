export default definePageConfig({
  navigationBarTitleText: '店员台',
  navigationBarBackgroundColor: '#12201A',
  navigationBarTextStyle: 'white',
  backgroundColor: '#12201A',
})
