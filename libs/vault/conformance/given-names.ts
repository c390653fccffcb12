// Words by which a person's name is recognised: titles, frequent given names, and words that make a phrase a place instead.

export const TITLES = [
  'Mr',
  'Mrs',
  'Ms',
  'Miss',
  'Mx',
  'Dr',
  'Prof',
  'Professor',
  'Rev',
  'Sir',
  'Lady',
  'Cllr',
];

const names = (text: string) => text.trim().split(/\s+/);

/** Given names that are frequent in the United Kingdom, across generations and origins. Not complete, and cannot be. */
export const GIVEN_NAMES = names(`
  aaron abdul abigail adam adrian aisha alan albert alexander alexandra alfie ali alice alison amanda amelia amina amy andrea
  andrew angela ann anna anne anthony antonio archie arthur ava barbara barry ben benjamin bernard beth bethany betty brenda brian
  bridget bruce callum cameron carl carol caroline catherine charles charlie charlotte chloe christine christopher claire colin
  connor craig daisy daniel danielle darren david dawn dean deborah denise dennis derek diana diane donald donna doreen dorothy
  douglas duncan dylan edith edward eileen elaine eleanor elizabeth ella ellie emily emma eric erin ethan evan evelyn evie fatima
  fiona frances francis frank freddie frederick gareth gary gavin gemma geoffrey george georgia gerald gillian gladys glenn gordon
  graham hannah harold harriet harry hassan hazel heather helen henry hilary holly howard hugh hussain ian ibrahim irene isaac
  isabella isla ivy jack jacob jacqueline jake james jamie jane janet janice jasmine jason jayden jean jennifer jeremy jessica jill
  joan joanna joanne john jonathan jordan joseph joshua joyce judith julia julian julie june justin karen katherine kathleen katie
  keith kelly kenneth kerry kevin khadija kieran kimberley kyle laura lauren leah lee leo leon leslie lewis liam lily linda lisa
  logan lorraine louis louise lucas lucy luke lynn malcolm marc marcus margaret maria marie marion marjorie mark martin mary maryam
  matthew maureen max megan melanie melissa mia michael michelle miriam mohamed mohammad mohammed molly monica morgan muhammad
  nadia naomi natalie natasha nathan neil nicholas nicola nigel noah nora norman oliver olivia omar oscar owen pamela patricia
  patrick paul paula pauline peggy peter philip phillip phoebe phyllis poppy priya rachel ralph raymond rebecca rhys richard robert
  robin rodney roger ronald rosemary ross roy russell ruth ryan sally samantha samuel sandra sara sarah scott sean shannon sharon
  sheila shirley simon sophia sophie stacey stanley stephanie stephen steven stewart stuart susan suzanne sylvia tara teresa terence
  theo theresa thomas timothy tina toby tony tracey tracy trevor tyler valerie vanessa vera veronica victor vincent vivian walter
  wayne wendy william winifred yasmin yusuf yvonne zachary zainab zara zoe`);

/** A phrase with one of these is a street, a building, a service or a category, also when it is called after somebody. */
export const NOT_NAMES = names(`
  and or of the at in no not other none unknown with without for to from by
  road street lane avenue drive close court crescent way walk terrace place square gardens grove hill park green ward estate
  village town city county north south east west central upper lower house hall lodge tower building centre center school academy
  college university nursery hospital surgery clinic practice pharmacy infirmary hospice church trust service services team unit
  group project programme charity foundation council authority district parish library station market bridge river lake bay port
  band scale index score type stage level grade disease syndrome test method model regression`);
