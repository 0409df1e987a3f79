import type { Channel, ChannelOffer, DataRate } from '@liquidation-heatmap/core';

const LEFT_OUT: Readonly<Record<DataRate, readonly Channel[]>> = {
  full: [],
  plain: ['book'],
  lite: ['book', 'trades', 'index'],
};

const REASON: Readonly<Record<DataRate, string>> = {
  full: '',
  plain: 'nothing on the page shows it',
  lite: 'left out to save data',
};

/** What is left of a venue's offers at a rate. Trades stay where no candle could take their place. */
export function offersAt(rate: DataRate, offers: readonly ChannelOffer[]): readonly ChannelOffer[] {
  const hasBars = offers.some(({ channel, isOn }) => channel === 'bars' && isOn);
  return offers.map((offer) => {
    const isLeftOut = LEFT_OUT[rate].includes(offer.channel) && (offer.channel !== 'trades' || hasBars);
    return isLeftOut && offer.isOn ? { ...offer, isOn: false, reason: REASON[rate] } : offer;
  });
}
