import { z } from 'zod'
import { garmentNames } from '../data/garments.ts'

/** The params of all experiments on batch normalization: the images, the network, and the length of the training. */
export const normParams = {
  data: z.enum(garmentNames).default('fashion-mnist'),
  images: z.int().positive().default(6000),
  validation: z.int().positive().default(2000),
  depth: z.int().positive().default(10),
  units: z.int().positive().default(64),
  activation: z.enum(['relu', 'tanh']).default('relu'),
  initialization: z.enum(['glorot', 'he']).default('glorot'),
  normalized: z.boolean(),
  momentum: z.number().min(0).lt(1).default(0.9),
  epochs: z.int().positive().default(4),
}
