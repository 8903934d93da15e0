export { keepPictures } from './commands/keep-pictures'
export { sweepPictures } from './jobs/sweep-pictures'
export { picturesRoutes } from './pictures.routes'
