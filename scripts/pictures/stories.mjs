// What is said in the pictures, and what is done with it. Who: o, the organizer; p, the participant.

export const release = {
  meeting: 'autumn-release',
  lang: 'en',
  names: { o: 'Alex', p: 'Robin' },
  talk: [
    { who: 'o', text: 'Welcome! We start in two minutes.' },
    { who: 'p', text: 'Good morning! Sound and picture are fine here.', react: { who: 'o', emoji: '👍' } },
    { who: 'o', text: 'Great. The plan is in https://example.com/plan' },
    { who: 'p', text: 'Thanks! One question:\nis the export in this release?' },
    { who: 'o', text: 'It is, and we start with it.', answers: 4, react: { who: 'p', emoji: '❤️' } },
  ],
};

export const arabic = {
  meeting: 'autumn-release',
  lang: 'ar',
  names: { o: 'ليلى', p: 'سامي' },
  talk: [
    { who: 'o', text: 'أهلًا بكم! نبدأ بعد دقيقتين.' },
    { who: 'p', text: 'صباح الخير! الصوت والصورة واضحان عندي.', react: { who: 'o', emoji: '👍' } },
    { who: 'o', text: 'ممتاز. الخطة هنا: https://example.com/plan' },
    { who: 'p', text: 'شكرًا! سؤال واحد:\nهل التصدير ضمن هذا الإصدار؟' },
    { who: 'o', text: 'نعم، وسنبدأ به.', answers: 4, react: { who: 'p', emoji: '❤️' } },
  ],
};
