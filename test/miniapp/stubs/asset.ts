/** Styles and pictures are nothing to a test. */
export default ''
