import type { Channel, ChannelOffer, DataRate } from '@liquidation-heatmap/core';

const LEFT_OUT: Readonly<Record<DataRate, readonly Channel[]>> = {
  full: [],
  plain: ['book', 'index'],
  lite: ['book', 'trades', 'index'],
};

const REASON: Readonly<Record<DataRate, string>> = {
  full: '',
  plain: 'nothing on the page shows it',
  lite: 'left out to save data',
};

/**
 * What is left of a venue's offers at a rate. Trades stay where no candle could take their place, the index where it comes with the mark
 * and so costs nothing.
 */
export function offersAt(
  rate: DataRate,
  offers: readonly ChannelOffer[],
  hasIndexAlone: boolean,
): readonly ChannelOffer[] {
  const hasBars = offers.some(({ channel, isOn }) => channel === 'bars' && isOn);
  const isNeeded = (channel: Channel): boolean =>
    (channel === 'trades' && !hasBars) || (channel === 'index' && !hasIndexAlone);
  return offers.map((offer) => {
    const isLeftOut = LEFT_OUT[rate].includes(offer.channel) && !isNeeded(offer.channel);
    return isLeftOut && offer.isOn ? { ...offer, isOn: false, reason: REASON[rate] } : offer;
  });
}
